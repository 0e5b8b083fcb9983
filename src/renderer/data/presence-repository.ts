import {
  deleteDoc,
  doc,
  serverTimestamp,
  setDoc,
  type DocumentReference,
  type Firestore,
} from 'firebase/firestore'
import type { UserId } from '#shared/domain/ids.ts'
import type { Presence } from '#shared/domain/presence.ts'
import { parsePresence } from './converters.ts'
import type { Lane } from './lanes.ts'
import { followOne, type WireContext } from './reading.ts'
import { accepted, type WireError } from './wire-error.ts'

export class PresenceRepository {
  readonly #db: Firestore
  readonly #lane: Lane
  readonly #me: UserId
  readonly #context: WireContext

  constructor({ db, lane, me, context }: { db: Firestore; lane: Lane; me: UserId; context: WireContext }) {
    this.#db = db
    this.#lane = lane
    this.#me = me
    this.#context = context
  }

  /** Subscribes to one person's presence; null: hidden. After `onError` the subscription has ended. */
  follow(
    userId: UserId,
    onPresence: (presence: Presence | null) => void,
    onError: (error: WireError) => void,
  ): () => void {
    return followOne<Presence | null>(
      this.#context,
      of(this.#db, userId),
      { parse: parsePresence, missing: [null] },
      { onBatch: ({ items: [presence = null] }) => onPresence(presence), onError },
    )
  }

  async write(state: Presence['state']): Promise<void> {
    this.#context.operations.wrote('presence')
    const reference = of(await this.#lane.db(), this.#me)
    await accepted(() => setDoc(reference, { state, lastActiveAt: serverTimestamp() }))
  }

  /** Deletes the document, so that nobody sees this person's presence. */
  async remove(): Promise<void> {
    this.#context.operations.wrote('presence')
    const reference = of(await this.#lane.db(), this.#me)
    await accepted(() => deleteDoc(reference))
  }
}

function of(db: Firestore, userId: UserId): DocumentReference {
  return doc(db, 'presence', userId)
}
