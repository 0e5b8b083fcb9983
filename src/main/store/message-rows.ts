import type { Args, Result } from '#shared/bridge.ts'
import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import { cursorOf, messageSchema, UNSENT, type Cursor, type Message } from '#shared/domain/message.ts'
import { fromJson, parseRow, type Context } from './context.ts'
import type { Row } from './database.ts'

export const MESSAGE_COLUMNS = `m.id, m.chat_id AS chatId, m.sender_id AS senderId, m.sent_at AS sentAt, m.seq,
  m.updated_at AS updatedAt, m.body, m.deleted_at AS deletedAt, m.delivery, m.failure`

export function toMessage(context: Context, row: Row): Message | undefined {
  const value = { ...row, body: fromJson(row['body']) }
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

/** Up to `limit` messages older than `before` (or the newest ones), oldest first. */
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

/** How far the chat's messages have been read from the wire; zeros for a chat that is not here. */
export function loadChatSync(
  context: Context,
  { chatId }: Args<'replica.chatSync'>,
): Result<'replica.chatSync'> {
  const chat = context.db.get('SELECT mark, synced_count, history_complete FROM chats WHERE id = ?', chatId)
  return {
    mark: Number(chat?.['mark'] ?? 0),
    syncedCount: Number(chat?.['synced_count'] ?? 0),
    oldest: oldestFromWire(context, chatId),
    historyComplete: chat?.['history_complete'] === 1,
  }
}

/** The start of what the replica holds of a chat without gaps. */
export function oldestFromWire(context: Context, chatId: ChatId): Cursor | null {
  const row = context.db.get(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.chat_id = ? AND m.sort_at < ?
     ORDER BY m.sort_at, m.seq, m.id LIMIT 1`,
    chatId,
    UNSENT,
  )
  const message = row && toMessage(context, row)
  return message ? cursorOf(message) : null
}
