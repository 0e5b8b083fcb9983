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
import type { CollectionName, Item } from '#shared/collections/index.ts'
import type { ServerTime, UserId } from '#shared/domain/ids.ts'
import { ActivityRepository } from './activity-repository.ts'
import { ChatsRepository } from './chats-repository.ts'
import type { CollectionContext, Follow } from './collections/collection.ts'
import { collections } from './collections/index.ts'
import { MessagesRepository } from './messages-repository.ts'
import { OwnerRepository } from './owner-repository.ts'
import { PeopleRepository } from './people-repository.ts'
import { PresenceRepository } from './presence-repository.ts'
import type { Listener, WireContext } from './reading.ts'

/** Firestore for one signed-in person. */
export interface Wire {
  /** Subscribes to a synced collection from `since` (server ms) on. Returns a function to unsubscribe. */
  follow<N extends CollectionName>(name: N, since: ServerTime, listener: Listener<Item<N>>): () => void
  readonly chats: ChatsRepository
  readonly messages: MessagesRepository
  readonly activity: ActivityRepository
  readonly presence: PresenceRepository
  readonly people: PeopleRepository
  readonly owner: OwnerRepository
  /** Reconnects. After sleep, connections can be dead without the SDK noticing. */
  reconnect(): Promise<void>
  /** Ends every listener. Pending writes are lost. */
  close(): Promise<void>
}

export function openWire(app: FirebaseApp, backend: Backend, me: UserId, context: WireContext): Wire {
  const db = initializeFirestore(app, { localCache: memoryLocalCache() })
  const { emulator } = backend
  if (emulator !== null) connectFirestoreEmulator(db, emulator.host, emulator.firestorePort)
  return {
    follow: (name, since, listener) => followCollection({ db, me, context }, name, since, listener),
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

function followCollection<N extends CollectionName>(
  context: CollectionContext,
  name: N,
  since: ServerTime,
  listener: Listener<Item<N>>,
): () => void {
  const follow: Follow<N> = collections[name]
  return follow(context, since, listener)
}
