import {
  collection,
  doc,
  increment,
  limit,
  orderBy,
  query,
  serverTimestamp,
  startAfter,
  where,
  writeBatch,
  type CollectionReference,
  type Firestore,
  type Query,
} from 'firebase/firestore'
import type { ChatId, MessageId, ServerTime, UserId } from '#shared/domain/ids.ts'
import { previewOf, type MessageBody } from '#shared/messages/body.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import { parseMessage } from './converters.ts'
import {
  changedSince,
  follow,
  readAll,
  readOne,
  timestamp,
  type DocumentBatch,
  type Listener,
  type ParseDocument,
  type WireContext,
} from './reading.ts'
import { accepted } from './wire-error.ts'

/** Most messages of one query for changes. */
const CHANGES_LIMIT = 100
/** Most messages of one page of history, if no other size is given. */
export const PAGE_LIMIT = 50

export interface OutgoingMessage {
  id: MessageId
  chatId: ChatId
  seq: number
  body: MessageBody
}

/** The first message of a chat creates the chat document in the same batch. */
export type ChatWrite = { create: { memberIds: readonly UserId[] } } | 'update'

export class MessagesRepository {
  readonly #db: Firestore
  readonly #me: UserId
  readonly #context: WireContext

  constructor(db: Firestore, me: UserId, context: WireContext) {
    this.#db = db
    this.#me = me
    this.#context = context
  }

  /** Subscribes to a chat's messages that change after `since`. */
  follow(chatId: ChatId, since: ServerTime, listener: Listener<WireMessage>): () => void {
    const changed = changedSince(this.#messages(chatId), since)
    return follow(this.#context, changed, this.#parse(chatId), listener)
  }

  /**
   * Fetches the messages that changed after `since`, oldest change first, page by page. One write can change more messages than
   * fit on a page, all with the same time. So the next page starts after the last document, and only the last page's cursor
   * includes its last millisecond.
   */
  async *changes(chatId: ChatId, since: ServerTime): AsyncGenerator<DocumentBatch<WireMessage>> {
    const changed = query(changedSince(this.#messages(chatId), since), limit(CHANGES_LIMIT))
    const read = (page: Query) => readAll(this.#context, page, CHANGES_LIMIT, this.#parse(chatId))
    let page = await read(changed)
    while (page.full && page.end !== undefined) {
      yield { items: page.items, cursor: page.cursor === null ? null : Math.max(0, page.cursor - 1) }
      page = await read(query(changed, startAfter(page.end)))
    }
    yield { items: page.items, cursor: page.cursor }
  }

  /** Fetches the newest messages sent at or before `until` (null: no bound), newest first. `full`: there may be older ones. */
  history(
    chatId: ChatId,
    until: ServerTime | null,
    size = PAGE_LIMIT,
  ): Promise<DocumentBatch<WireMessage> & { full: boolean }> {
    const page = query(
      this.#messages(chatId),
      orderBy('sentAt', 'desc'),
      // Times in the app are whole milliseconds, rounded down.
      ...(until === null ? [] : [where('sentAt', '<', timestamp(until + 1))]),
      limit(size),
    )
    return readAll(this.#context, page, size, this.#parse(chatId))
  }

  /** Whether the server has an own message with this id. */
  async wasSent(chatId: ChatId, id: MessageId): Promise<boolean> {
    const data = await readOne(this.#context, doc(this.#messages(chatId), id))
    return data?.['senderId'] === this.#me
  }

  /**
   * Writes a message and its chat's summary in one batch. Resolves when the server has accepted it, however long that takes.
   * Batches reach the server in the order of the calls.
   */
  async send(message: OutgoingMessage, chat: ChatWrite): Promise<void> {
    const { id, chatId, seq, body } = message
    const now = serverTimestamp()
    const chatReference = doc(this.#db, 'chats', chatId)
    const last = { id, senderId: this.#me, kind: body.kind, preview: previewOf(body), sentAt: now }
    const batch = writeBatch(this.#db)
    const reference = doc(chatReference, 'messages', id)
    batch.set(reference, {
      senderId: this.#me,
      sentAt: now,
      updatedAt: now,
      seq,
      body,
      deletedAt: null,
    })
    if (chat === 'update') {
      batch.update(chatReference, { messageCount: increment(1), last, updatedAt: now })
    } else {
      const { memberIds } = chat.create
      const created = { kind: 'direct', memberIds, title: null, createdAt: now, createdBy: this.#me }
      batch.set(chatReference, { ...created, messageCount: 1, last, updatedAt: now })
    }
    this.#context.operations.wrote(reference.path)
    this.#context.operations.wrote(chatReference.path)
    await accepted(() => batch.commit())
  }

  #messages(chatId: ChatId): CollectionReference {
    return collection(this.#db, 'chats', chatId, 'messages')
  }

  #parse(chatId: ChatId): ParseDocument<WireMessage> {
    return (document) => parseMessage(chatId, document.id, document.data())
  }
}
