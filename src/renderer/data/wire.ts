import type { Auth } from 'firebase/auth'
import { terminate } from 'firebase/firestore'
import type { Backend } from '#shared/backend.ts'
import type { CollectionName, Item } from '#shared/collections/index.ts'
import type { ServerTime, UserId } from '#shared/domain/ids.ts'
import { ActivityRepository } from './activity-repository.ts'
import { ChatsRepository } from './chats-repository.ts'
import type { CollectionContext, Follow } from './collections/collection.ts'
import { collections } from './collections/index.ts'
import { DevicesRepository } from './devices-repository.ts'
import { createLane, openFirestore, reconnect } from './lanes.ts'
import { InvitesRepository } from './invites-repository.ts'
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
  readonly invites: InvitesRepository
  readonly activity: ActivityRepository
  readonly presence: PresenceRepository
  readonly people: PeopleRepository
  readonly owner: OwnerRepository
  readonly devices: DevicesRepository
  /** Reconnects everything, or the background lane only. After sleep, connections can be dead without the SDK noticing. */
  reconnect(only?: 'background'): Promise<void>
  /** Ends every listener. Pending writes are lost. */
  close(): Promise<void>
}

export function openWire(auth: Auth, backend: Backend, me: UserId, context: WireContext): Wire {
  const db = openFirestore(auth.app, backend)
  const prompt = createLane(auth, backend, 'prompt')
  const background = createLane(auth, backend, 'background')
  const messages = new MessagesRepository({ db, lane: prompt, me, context })
  return {
    follow: (name, since, listener) => followCollection({ db, me, context }, name, since, listener),
    chats: new ChatsRepository(db, me, context),
    messages,
    invites: new InvitesRepository({ db, lane: prompt, me, context, messages }),
    activity: new ActivityRepository({ db, lane: background, me, context }),
    presence: new PresenceRepository({ db, lane: background, me, context }),
    people: new PeopleRepository(db, context),
    owner: new OwnerRepository({ db, prompt, background, me, context }),
    devices: new DevicesRepository({ auth, backend, lane: background, me, context }),
    async reconnect(only) {
      const others = only === undefined ? [reconnect(db), prompt.reconnect()] : []
      await Promise.all([background.reconnect(), ...others])
    },
    async close() {
      await Promise.all([terminate(db), prompt.close(), background.close()])
    },
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
