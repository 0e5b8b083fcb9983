import {
  collection,
  doc,
  increment,
  orderBy,
  query,
  serverTimestamp,
  startAfter,
  where,
  writeBatch,
  type CollectionReference,
  type DocumentReference,
  type Firestore,
  type Query,
  type WriteBatch,
} from 'firebase/firestore'
import type { ChatId, MessageId, ServerTime, UserId } from '#shared/domain/ids.ts'
import type { ObjectId } from '#shared/messages/attachment.ts'
import type { MessageBody } from '#shared/messages/body.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import { groupFields, newGroupFields } from './group-fields.ts'
import { parseMessage } from './converters.ts'
import type { Lane } from './lanes.ts'
import {
  changedSince,
  readAll,
  readOne,
  timestamp,
  type DocumentBatch,
  type ParseDocument,
  type WireContext,
} from './reading.ts'
import { accepted, toWireError } from './wire-error.ts'

/** Maximum number of messages in one page of changes. */
const CHANGES_LIMIT = 100
/** Maximum number of messages in one page of history, if no other size is given. */
export const PAGE_LIMIT = 50

export interface OutgoingMessage {
  id: MessageId
  chatId: ChatId
  seq: number
  body: MessageBody
}

/** The first message of a chat creates the chat document in the same batch. `memberIds`: of a direct chat. */
export type ChatWrite = { create: { memberIds: readonly UserId[] } } | 'update'

/** An edit or a deletion of a message. */
export interface MessageChange {
  id: MessageId
  chatId: ChatId
  /** The new body; null deletes the message for everyone. */
  body: MessageBody | null
  /** The message is the chat's newest, so the chat's document contains it too. */
  isNewest: boolean
}

export class MessagesRepository {
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

  /** Fetches one message. Returns undefined when it does not exist or is malformed. */
  async get(chatId: ChatId, id: MessageId): Promise<WireMessage | undefined> {
    const reference = doc(this.#messages(chatId), id)
    const data = await readOne(this.#context, reference)
    const message = data && parseMessage(chatId, id, data)
    if (data !== undefined && message === undefined) this.#context.onUnreadable(reference.path)
    return message
  }

  /**
   * Fetches the messages that changed after `since`, oldest change first, page by page. More messages than fit on a page can have
   * the same time. So each page starts after the last document of the page before, not after its time. Until the last page, the
   * cursor stays one millisecond behind, because the next page may have more messages with the same time.
   */
  async *changes(chatId: ChatId, since: ServerTime): AsyncGenerator<DocumentBatch<WireMessage>> {
    const changed = changedSince(this.#messages(chatId), since)
    const read = (page: Query) => readAll(this.#context, page, CHANGES_LIMIT, this.#parse(chatId))
    let page = await read(changed)
    while (page.full && page.end !== undefined) {
      yield { ...page, cursor: page.cursor === null ? null : Math.max(0, page.cursor - 1) }
      page = await read(query(changed, startAfter(page.end)))
    }
    yield page
  }

  /** Fetches the newest messages sent at or before `until` (null: no bound), newest first. `full`: there may be older ones. */
  history(chatId: ChatId, until: ServerTime | null, size = PAGE_LIMIT): Promise<DocumentBatch<WireMessage>> {
    const page = query(
      this.#messages(chatId),
      orderBy('sentAt', 'desc'),
      // The app rounds server times down to milliseconds. `until + 1` includes what was sent later in the same millisecond.
      ...(until === null ? [] : [where('sentAt', '<', timestamp(until + 1))]),
    )
    return readAll(this.#context, page, size, this.#parse(chatId))
  }

  /** Whether a message of the chat has this object as its file. */
  async hasObject(chatId: ChatId, object: ObjectId): Promise<boolean> {
    const found = await readAll(
      this.#context,
      withObject(this.#messages(chatId), object),
      1,
      this.#parse(chatId),
    )
    return found.ids.size > 0
  }

  /** Whether the server has an own message with this id. */
  async wasSent(chatId: ChatId, id: MessageId): Promise<boolean> {
    try {
      const data = await readOne(this.#context, doc(this.#messages(chatId), id))
      return data?.['senderId'] === this.#me
    } catch (error) {
      // Former members of a group can read only messages of their own that exist.
      if (toWireError(error).failure === 'denied') return false
      throw error
    }
  }

  /**
   * Writes a message and its chat in one batch. Resolves when the server has accepted it, however long that takes. Batches reach
   * the server in the order of the calls. `extend` adds more writes to the batch.
   */
  async send(
    { id, chatId, seq, body }: OutgoingMessage,
    chat: ChatWrite,
    extend?: (batch: WriteBatch, chat: DocumentReference) => void,
  ): Promise<void> {
    const now = serverTimestamp()
    const times = { sentAt: now, updatedAt: now, editedAt: null, deletedAt: null }
    const message = { senderId: this.#me, seq, body, ...times }
    const write = { last: { id, ...message }, changed: id, updatedAt: now }
    await this.#commit(chatId, id, (batch, chatReference, reference) => {
      batch.set(reference, message)
      if (chat === 'update') {
        // An event does not count as a message.
        const changed = body.kind === 'event' ? groupFields(body) : { messageCount: increment(1) }
        batch.update(chatReference, { ...write, ...changed, revision: increment(1) })
        // Accepting a person also ends their request.
        if (body.kind === 'event' && body.event === 'admitted')
          for (const uid of body.uids) batch.delete(doc(chatReference, 'requests', uid))
      } else {
        const created =
          body.kind === 'event' && body.event === 'created'
            ? { ...newGroupFields(this.#me, body), messageCount: 0 }
            : { kind: 'direct', memberIds: chat.create.memberIds, messageCount: 1 }
        const first = { createdAt: now, createdBy: this.#me, revision: 1 }
        batch.set(chatReference, { ...created, ...first, ...write })
      }
      extend?.(batch, chatReference)
    })
  }

  /** Edits or deletes a message, in one batch with its chat. Rejects with `denied` when `isNewest` is no longer true. */
  async change({ id, chatId, body, isNewest }: MessageChange): Promise<void> {
    const now = serverTimestamp()
    const fields = { body, updatedAt: now, ...(body === null ? { deletedAt: now } : { editedAt: now }) }
    // Only the changed fields of `last` are written. The app could not repeat `sentAt`: it has that time rounded to milliseconds.
    const last = Object.entries(fields).map(([name, value]) => [`last.${name}`, value])
    await this.#commit(chatId, id, (batch, chatReference, reference) => {
      batch.update(reference, fields)
      batch.update(chatReference, {
        ...(isNewest ? Object.fromEntries(last) : {}),
        changed: id,
        revision: increment(1),
        updatedAt: now,
      })
    })
  }

  async #commit(
    chatId: ChatId,
    id: MessageId,
    write: (batch: WriteBatch, chat: DocumentReference, message: DocumentReference) => void,
  ): Promise<void> {
    const db = await this.#lane.db()
    const chat = doc(db, 'chats', chatId)
    const message = doc(chat, 'messages', id)
    const batch = writeBatch(db)
    write(batch, chat, message)
    this.#context.operations.wrote(message.path)
    this.#context.operations.wrote(chat.path)
    await accepted(() => batch.commit())
  }

  #messages(chatId: ChatId): CollectionReference {
    return collection(this.#db, 'chats', chatId, 'messages')
  }

  #parse(chatId: ChatId): ParseDocument<WireMessage> {
    return (document) => parseMessage(chatId, document.id, document.data())
  }
}

/** The messages with this object as their file. */
export function withObject(messages: Query, object: ObjectId): Query {
  return query(messages, where('body.file.object', '==', object))
}
