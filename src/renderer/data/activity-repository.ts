import {
  collection,
  doc,
  orderBy,
  query,
  serverTimestamp,
  setDoc,
  where,
  type CollectionReference,
  type Firestore,
} from 'firebase/firestore'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, ServerTime, UserId } from '#shared/domain/ids.ts'
import { RECEIPTS_LIMIT, type Activity } from '#shared/domain/receipts.ts'
import { parseActivity } from './converters.ts'
import type { Lane } from './lanes.ts'
import {
  follow,
  readOne,
  timestamp,
  timestampOrNull,
  type Listener,
  type ParseDocument,
  type WireContext,
} from './reading.ts'
import { accepted } from './wire-error.ts'

/** What of a group's activity to follow: the members who type, or everything that changes. */
export type GroupActivityPart = 'typing' | 'receipts'

export class ActivityRepository {
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

  /** Replaces the own activity document of a chat. Resolves when the server has accepted it. */
  async write(
    { id, kind, memberIds }: Pick<Chat, 'id' | 'kind' | 'memberIds'>,
    { deliveredAt, readAt, typingUntil }: Pick<Activity, 'deliveredAt' | 'readAt' | 'typingUntil'>,
  ): Promise<void> {
    const reference = doc(await this.#lane.db(), 'chats', id, 'activity', this.#me)
    this.#context.operations.wrote(reference.path)
    const fields = {
      // The members of a group change, so the rules look them up instead.
      ...(kind === 'direct' ? { memberIds } : {}),
      deliveredAt: timestampOrNull(deliveredAt),
      readAt: timestampOrNull(readAt),
      typingUntil: timestampOrNull(typingUntil),
      updatedAt: serverTimestamp(),
    }
    await accepted(() => setDoc(reference, fields))
  }

  /** Fetches the own activity of a chat. Returns undefined when there is none or it is malformed. */
  async readOwn(chatId: ChatId): Promise<Activity | undefined> {
    const data = await readOne(this.#context, doc(this.#of(chatId), this.#me))
    return data && parseActivity(chatId, this.#me, data)
  }

  /**
   * Follows the activity of a group's members, newest first: of those who type longer than until `since`, or of those who wrote
   * theirs after `since`.
   */
  followGroup(
    chatId: ChatId,
    part: GroupActivityPart,
    since: ServerTime,
    listener: Listener<Activity>,
  ): () => void {
    const field = part === 'typing' ? 'typingUntil' : 'updatedAt'
    const changed = query(
      this.#of(chatId),
      where(field, '>', timestamp(since)),
      // Former members leave their documents behind. With the newest first, these cannot push out those of members.
      orderBy(field, 'desc'),
    )
    const parse: ParseDocument<Activity> = (document) => parseActivity(chatId, document.id, document.data())
    return follow(this.#context, changed, parse, listener, RECEIPTS_LIMIT)
  }

  #of(chatId: ChatId): CollectionReference {
    return collection(this.#db, 'chats', chatId, 'activity')
  }
}
