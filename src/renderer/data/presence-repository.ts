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
import { followOne, type WireContext } from './reading.ts'
import { accepted, type WireError } from './wire-error.ts'

export class PresenceRepository {
  readonly #db: Firestore
  readonly #me: UserId
  readonly #context: WireContext

  constructor(db: Firestore, me: UserId, context: WireContext) {
    this.#db = db
    this.#me = me
    this.#context = context
  }

  /** Subscribes to one person's presence; null: hidden. `onError` ends the subscription. */
  follow(
    userId: UserId,
    onPresence: (presence: Presence | null) => void,
    onError: (error: WireError) => void,
  ): () => void {
    return followOne<Presence | null>(
      this.#context,
      this.#of(userId),
      { parse: parsePresence, missing: [null] },
      { onBatch: ({ items: [presence = null] }) => onPresence(presence), onError },
    )
  }

  async write(state: Presence['state']): Promise<void> {
    this.#context.operations.wrote('presence')
    await accepted(() => setDoc(this.#of(this.#me), { state, lastActiveAt: serverTimestamp() }))
  }

  /** Deletes the document: nobody sees this person's presence. */
  async remove(): Promise<void> {
    this.#context.operations.wrote('presence')
    await accepted(() => deleteDoc(this.#of(this.#me)))
  }

  #of(userId: UserId): DocumentReference {
    return doc(this.#db, 'presence', userId)
  }
}
