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
import { taken, type WireError } from './wire-error.ts'

export class PresenceRepository {
  readonly #db: Firestore
  readonly #me: UserId
  readonly #context: WireContext

  constructor(db: Firestore, me: UserId, context: WireContext) {
    this.#db = db
    this.#me = me
    this.#context = context
  }

  /** Follows one person's presence; null: not shown. `onError` ends it. */
  follow(
    userId: UserId,
    onPresence: (presence: Presence | null) => void,
    onError: (error: WireError) => void,
  ): () => void {
    return followOne(this.#context, this.#of(userId), parsePresence, {
      onBatch: ({ items: [presence = null] }) => onPresence(presence),
      onError,
    })
  }

  async write(state: Presence['state']): Promise<void> {
    this.#context.operations.wrote('presence')
    await taken(() => setDoc(this.#of(this.#me), { state, lastActiveAt: serverTimestamp() }))
  }

  /** Shows nothing to anyone. */
  async remove(): Promise<void> {
    this.#context.operations.wrote('presence')
    await taken(() => deleteDoc(this.#of(this.#me)))
  }

  #of(userId: UserId): DocumentReference {
    return doc(this.#db, 'presence', userId)
  }
}
