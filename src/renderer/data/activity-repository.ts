import {
  collectionGroup,
  doc,
  query,
  serverTimestamp,
  setDoc,
  where,
  type Firestore,
} from 'firebase/firestore'
import type { ChatId, ServerTime, UserId } from '#shared/domain/ids.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import { parseActivity } from './converters.ts'
import {
  changedSince,
  follow,
  timestampOrNull,
  type Listener,
  type ParseDocument,
  type WireContext,
} from './reading.ts'
import { taken } from './wire-error.ts'

export class ActivityRepository {
  readonly #db: Firestore
  readonly #me: UserId
  readonly #context: WireContext

  constructor(db: Firestore, me: UserId, context: WireContext) {
    this.#db = db
    this.#me = me
    this.#context = context
  }

  /** Follows all members' watermarks in all my chats that changed after `since`. */
  follow(since: ServerTime, listener: Listener<Activity>): () => void {
    const mine = query(collectionGroup(this.#db, 'activity'), where('memberIds', 'array-contains', this.#me))
    return follow(this.#context, changedSince(mine, since), parse, listener)
  }

  /** Writes my whole document in a chat; settles when the server has taken it. */
  async write(
    chatId: ChatId,
    memberIds: readonly UserId[],
    { deliveredAt, readAt, typingUntil }: Pick<Activity, 'deliveredAt' | 'readAt' | 'typingUntil'>,
  ): Promise<void> {
    const reference = doc(this.#db, 'chats', chatId, 'activity', this.#me)
    this.#context.operations.wrote(reference.path)
    const fields = {
      memberIds,
      deliveredAt: timestampOrNull(deliveredAt),
      readAt: timestampOrNull(readAt),
      typingUntil: timestampOrNull(typingUntil),
      updatedAt: serverTimestamp(),
    }
    await taken(() => setDoc(reference, fields))
  }
}

const parse: ParseDocument<Activity> = (document) => {
  const chat = document.ref.parent.parent
  return chat?.parent.path === 'chats' ? parseActivity(chat.id, document.id, document.data()) : undefined
}
