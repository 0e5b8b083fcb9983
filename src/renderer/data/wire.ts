import type { FirebaseApp } from 'firebase/app'
import {
  connectFirestoreEmulator,
  disableNetwork,
  enableNetwork,
  initializeFirestore,
  memoryLocalCache,
  terminate,
} from 'firebase/firestore'
import type { Backend } from '#shared/backend.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { ActivityRepository } from './activity-repository.ts'
import { ChatsRepository } from './chats-repository.ts'
import { MessagesRepository } from './messages-repository.ts'
import { OwnerRepository } from './owner-repository.ts'
import { PeopleRepository } from './people-repository.ts'
import { PresenceRepository } from './presence-repository.ts'
import type { WireContext } from './reading.ts'

/** Firestore for one signed-in person. */
export interface Wire {
  readonly chats: ChatsRepository
  readonly messages: MessagesRepository
  readonly activity: ActivityRepository
  readonly presence: PresenceRepository
  readonly people: PeopleRepository
  readonly owner: OwnerRepository
  /** Connects anew: for when the system slept, and connections are dead that do not know it yet. */
  reconnect(): Promise<void>
  /** Ends every listener; what was not written yet never will be. */
  close(): Promise<void>
}

export function openWire(app: FirebaseApp, backend: Backend, me: UserId, context: WireContext): Wire {
  const db = initializeFirestore(app, { localCache: memoryLocalCache() })
  const { emulator } = backend
  if (emulator !== null) connectFirestoreEmulator(db, emulator.host, emulator.firestorePort)
  return {
    chats: new ChatsRepository(db, me, context),
    messages: new MessagesRepository(db, me, context),
    activity: new ActivityRepository(db, me, context),
    presence: new PresenceRepository(db, me, context),
    people: new PeopleRepository(db, context),
    owner: new OwnerRepository(db, me, context),
    async reconnect() {
      await disableNetwork(db)
      await enableNetwork(db)
    },
    close: () => terminate(db),
  }
}
