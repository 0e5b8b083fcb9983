import type { Args, Result } from '#shared/bridge.ts'
import { compareMessages, type Cursor, type Message, type WireMessage } from '#shared/domain/message.ts'
import { raiseOwnWatermarks } from './activities.ts'
import { settleOwnPlace } from './chat-states.ts'
import type { Writing } from './context.ts'
import type { Row } from './database.ts'
import { oldestFromWire } from './message-rows.ts'
import { removeIntent } from './outbox-rows.ts'

/**
 * Takes over what the wire delivered, in one transaction with how far it was read and how many it accounts for. A chat that
 * is not here is ignored.
 */
export function applyMessages(
  context: Writing,
  args: Args<'replica.applyMessages'>,
): Result<'replica.applyMessages'> {
  const { chatId, source, mark, historyComplete } = args
  const chat = context.db.get('SELECT history_complete, synced_count FROM chats WHERE id = ?', chatId)
  if (chat === undefined) return { inserted: 0, syncedCount: 0 }

  context.changes.chats.watch(chatId)
  // What is complete with this was read from the beginning: it has no start.
  const hasStart = source === 'live' && historyComplete !== true && chat['history_complete'] === 0
  const start = hasStart ? oldestFromWire(context, chatId) : null
  let inserted = 0
  let deliveredAt = -1
  for (const message of args.messages) {
    if (message.chatId !== chatId) {
      context.log('store.foreign-message', `${message.id} does not belong to ${chatId}`)
      continue
    }
    const outcome = applyMessage(context, message, start)
    if (outcome === 'ignored') continue
    const isNew = outcome === 'inserted'
    if (isNew) inserted += 1
    if (message.senderId === context.me) {
      noteOwnMessage(context, message)
    } else if (source === 'live') {
      deliveredAt = Math.max(deliveredAt, message.sentAt)
      if (isNew) context.changes.arrived.push({ chatId, id: message.id })
    }
  }
  if (deliveredAt >= 0) raiseOwnWatermarks(context, chatId, { deliveredAt })
  // Older pages bring what a first load has accounted for.
  const accounted = Number(chat['synced_count']) + (source === 'live' ? inserted : 0)
  const syncedCount = Math.max(accounted, args.syncedCount ?? 0)
  context.db.run(
    `UPDATE chats SET mark = max(mark, ?), synced_count = ?,
       history_complete = max(history_complete, ?), on_wire = max(on_wire, ?) WHERE id = ?`,
    mark ?? 0,
    syncedCount,
    Number(historyComplete ?? false),
    Number(args.messages.length > 0),
    chatId,
  )
  if (source === 'live' || args.syncedCount !== null) settleOwnPlace(context, chatId, syncedCount)
  return { inserted, syncedCount }
}

type Outcome = 'inserted' | 'known' | 'ignored'

function applyMessage(context: Writing, message: WireMessage, start: Cursor | null): Outcome {
  const { db, changes } = context
  const known = db.get(
    'SELECT row, sender_id, updated_at, deleted_at FROM messages WHERE chat_id = ? AND id = ?',
    message.chatId,
    message.id,
  )
  if (known === undefined) {
    // Before the start lie messages that the replica does not hold: this one comes again with them.
    if (start !== null && compareMessages(message, start) < 0) return 'ignored'
    changes.messages.watch(message.chatId, message.id)
    db.run(
      `INSERT INTO messages (chat_id, id, sender_id, sent_at, seq, updated_at, body, deleted_at, delivery)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'sent')`,
      message.chatId,
      message.id,
      message.senderId,
      message.sentAt,
      message.seq,
      message.updatedAt,
      bodyColumn(message),
      message.deletedAt,
    )
    return 'inserted'
  }
  if (known['sender_id'] !== message.senderId) {
    context.log('store.foreign-message', `${message.id} changed its sender`)
    return 'ignored'
  }
  if (!supersedes(message, known)) return 'known'
  changes.messages.watch(message.chatId, message.id)
  db.run(
    `UPDATE messages SET sent_at = ?, seq = ?, updated_at = ?, body = ?, deleted_at = ?, delivery = 'sent', failure = NULL
     WHERE row = ?`,
    message.sentAt,
    message.seq,
    message.updatedAt,
    bodyColumn(message),
    message.deletedAt,
    known['row'] ?? null,
  )
  // An own message that comes back from the wire for the first time counts as new there.
  return known['updated_at'] === null ? 'inserted' : 'known'
}

/** Newer than what is known. Deleted is final, whatever the times say. */
function supersedes(message: WireMessage, known: Row): boolean {
  const wasDeleted = known['deleted_at'] !== null
  const isDeleted = message.deletedAt !== null
  if (wasDeleted !== isDeleted) return isDeleted
  return message.updatedAt >= Number(known['updated_at'] ?? 0)
}

export function bodyColumn(message: Pick<Message, 'body' | 'deletedAt'>): string | null {
  return message.body === null || message.deletedAt !== null ? null : JSON.stringify(message.body)
}

/** An own message is on the wire: nothing is left to send, and all that was here when it was written has been read. */
function noteOwnMessage(context: Writing, message: WireMessage): void {
  removeIntent(context, 'send', message.id)
  context.db.run(
    `UPDATE chats SET own_at = max(coalesce(own_at, 0), (
       SELECT coalesce(written_after, sent_at) FROM messages WHERE chat_id = chats.id AND id = ?
     )) WHERE id = ?`,
    message.id,
    message.chatId,
  )
}
