import type { Args, Result } from '#shared/bridge/index.ts'
import { chatSyncSchema } from '#shared/bridge/replica.ts'
import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import { rawBodySchema, readBody, toRawBody, type MessageBody } from '#shared/messages/body.ts'
import { positionOf, messageSchema, UNSENT, type Position, type Message } from '#shared/messages/envelope.ts'
import { parseRow, type Context } from './context.ts'
import type { Row } from './database.ts'

export const MESSAGE_COLUMNS = `m.id, m.chat_id AS chatId, m.sender_id AS senderId, m.sent_at AS sentAt, m.seq,
  m.updated_at AS updatedAt, m.body, m.edited_at AS editedAt, m.deleted_at AS deletedAt, m.delivery, m.failure, m.heard`

/** SQL: whether the message is a change of a group (see `isEvent`). */
export const IS_EVENT = `coalesce(json_valid(body) AND json_extract(body, '$.kind') = 'event', 0)`

/** Reads a body column; null for a deleted message. */
export function readBodyColumn(column: unknown): MessageBody | null {
  return column === null ? null : readBody(rawBodySchema.catch(NO_BODY).parse(column))
}

/** Replaces a column value that is not a raw body. */
const NO_BODY = toRawBody(null)

export function toMessage(context: Context, row: Row): Message | undefined {
  const value = { ...row, body: readBodyColumn(row['body']), heard: row['heard'] === 1 }
  return parseRow(context, messageSchema, value, `message ${String(row['id'])}`)
}

export function toMessages(context: Context, rows: readonly Row[]): Message[] {
  return rows.flatMap((row) => toMessage(context, row) ?? [])
}

export function loadMessage(context: Context, chatId: ChatId, id: MessageId): Message | undefined {
  const row = context.db.get(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.chat_id = ? AND m.id = ?`,
    chatId,
    id,
  )
  return row && toMessage(context, row)
}

/** The body with which the message was or is being sent, even if the person has deleted it meanwhile. */
export function loadSentBody(context: Context, chatId: ChatId, id: MessageId): MessageBody | null {
  const row = context.db.get(
    'SELECT coalesce(body, deleted_body) AS body FROM messages WHERE chat_id = ? AND id = ?',
    chatId,
    id,
  )
  return readBodyColumn(row?.['body'] ?? null)
}

/** Up to `limit` messages before a position (or the newest ones), oldest first. */
export function loadMessages(context: Context, args: Args<'replica.messages'>): Message[] {
  const { chatId, before, limit } = args
  const newestFirst = 'ORDER BY m.sort_at DESC, m.seq DESC, m.id DESC LIMIT ?'
  const rows =
    before === null
      ? context.db.all(
          `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.chat_id = ? ${newestFirst}`,
          chatId,
          limit,
        )
      : context.db.all(
          `SELECT ${MESSAGE_COLUMNS} FROM messages m
           WHERE m.chat_id = ? AND (m.sort_at, m.seq, m.id) < (?, ?, ?) ${newestFirst}`,
          chatId,
          before.sentAt ?? UNSENT,
          before.seq,
          before.id,
          limit,
        )
  return toMessages(context, rows).toReversed()
}

/** Up to `limit` messages of a part of the chat's media before a position (or the newest ones), newest first. */
export function loadMedia(context: Context, args: Args<'replica.media'>): Result<'replica.media'> {
  const { chatId, of, before, limit } = args
  const at = before === null ? null : [before.sentAt ?? UNSENT, before.seq, before.id]
  const rows = context.db.all(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m
     WHERE m.chat_id = ? AND m.content = ? ${at === null ? '' : 'AND (m.sort_at, m.seq, m.id) < (?, ?, ?)'}
     ORDER BY m.sort_at DESC, m.seq DESC, m.id DESC LIMIT ?`,
    chatId,
    of,
    ...(at ?? []),
    limit,
  )
  const count = context.db.get(
    'SELECT count(*) AS total FROM messages WHERE chat_id = ? AND content = ?',
    chatId,
    of,
  )
  return { messages: toMessages(context, rows), total: Number(count?.['total'] ?? 0) }
}

/** How far the chat's messages have been read from the wire; undefined for a chat that the replica does not have. */
export function loadChatSync(
  context: Context,
  { chatId }: Args<'replica.chatSync'>,
): Result<'replica.chatSync'> {
  const chat = context.db.get(
    `SELECT sync_cursor AS cursor, synced_count AS syncedCount, synced_revision AS syncedRevision, message_count AS messageCount,
       revision, changed, updated_at AS updatedAt, needs_first_page AS needsFirstPage, history_complete AS historyComplete
     FROM chats WHERE id = ?`,
    chatId,
  )
  if (chat === undefined) return undefined
  const value = {
    ...chat,
    needsFirstPage: chat['needsFirstPage'] === 1,
    historyComplete: chat['historyComplete'] === 1,
    oldest: oldestFromWire(context, chatId),
  }
  return parseRow(context, chatSyncSchema, value, `sync state of ${chatId}`)
}

/** Position of the oldest stored message from the wire. From there on, the replica has no gaps. */
export function oldestFromWire(context: Context, chatId: ChatId): Position | null {
  const row = context.db.get(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.chat_id = ? AND m.sort_at < ?
     ORDER BY m.sort_at, m.seq, m.id LIMIT 1`,
    chatId,
    UNSENT,
  )
  const message = row && toMessage(context, row)
  return message ? positionOf(message) : null
}
