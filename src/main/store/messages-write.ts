import type { Args, Result } from '#shared/bridge/index.ts'
import type { MessagePage, PageResult } from '#shared/bridge/replica.ts'
import { compareMessages, type Position, type WireMessage } from '#shared/messages/envelope.ts'
import { attachmentOf, isEvent, isMentioned, readBody, type RawBody } from '#shared/messages/body.ts'
import { raiseOwnWatermarks } from './activities.ts'
import { countOwnMessage } from './chat-states.ts'
import type { Writing } from './context.ts'
import type { Row } from './database.ts'
import { releaseFile } from './media.ts'
import { oldestFromWire, readBodyColumn } from './messages-read.ts'
import { removeIntent } from './outbox-rows.ts'
import { releaseGroupPhoto } from './photos.ts'

export function applyPages(
  context: Writing,
  pages: Args<'replica.applyMessages'>,
): Result<'replica.applyMessages'> {
  return pages.map((page) => applyMessages(context, page))
}

/** Stores messages from the wire, and raises the chat's cursor and synced counts. Ignores a chat that the replica does not have. */
export function applyMessages(context: Writing, args: MessagePage): PageResult {
  const { chatId, source, cursor, historyComplete } = args
  const chat = context.db.get('SELECT history_complete, synced_count FROM chats WHERE id = ?', chatId)
  if (chat === undefined) return { inserted: 0, changed: 0, syncedCount: 0 }

  context.changes.chats.watch(chatId)
  // applyMessage inserts no message before `start`. Null (history page, complete history, nothing stored yet): it inserts any.
  const hasStart = source === 'live' && historyComplete !== true && chat['history_complete'] === 0
  const start = hasStart ? oldestFromWire(context, chatId) : null
  let inserted = 0
  let changed = 0
  let deliveredAt = -1
  for (const message of args.messages) {
    if (message.chatId !== chatId) {
      context.log('store.foreign-message', `${message.id} does not belong to ${chatId}`)
      continue
    }
    const outcome = applyMessage(context, message, start)
    if (outcome === 'ignored') continue
    const isNew = outcome === 'inserted'
    const counts = !isEvent(message.body)
    if (isNew && counts) inserted += 1
    if (outcome !== 'known') changed += 1
    if (isNew && !counts && source === 'live') releaseGroupPhoto(context, message)
    if (message.senderId === context.me) {
      recordOwnMessage(context, message)
    } else if (source === 'live') {
      // An event has no ticks, so nobody needs to know that it was received.
      if (counts) deliveredAt = Math.max(deliveredAt, message.sentAt)
      if (isNew && counts) context.changes.arrived.push({ chatId, id: message.id })
    }
  }
  if (deliveredAt >= 0) raiseOwnWatermarks(context, chatId, { deliveredAt })
  // Only live messages add to the count. The count includes the history from the start: the first load sets it to the chat's total.
  const count = Number(chat['synced_count']) + (source === 'live' ? inserted : 0)
  const syncedCount = Math.max(count, args.syncedCount ?? 0)
  context.db.run(
    `UPDATE chats SET sync_cursor = max(sync_cursor, ?), synced_count = ?, synced_revision = max(synced_revision, ?),
       needs_first_page = min(needs_first_page, ?), history_complete = max(history_complete, ?), on_wire = max(on_wire, ?)
     WHERE id = ?`,
    cursor ?? 0,
    syncedCount,
    args.syncedRevision ?? 0,
    Number(cursor === null),
    Number(historyComplete ?? false),
    Number(args.messages.length > 0),
    chatId,
  )
  if (source === 'live' || args.syncedCount !== null) countOwnMessage(context, chatId, syncedCount)
  return { inserted, changed, syncedCount }
}

type Outcome = 'inserted' | 'changed' | 'known' | 'ignored'

function applyMessage(context: Writing, message: WireMessage, start: Position | null): Outcome {
  const { db, changes } = context
  const stored = db.get(
    'SELECT row, sender_id, updated_at, deleted_at, body, deleted_body FROM messages WHERE chat_id = ? AND id = ?',
    message.chatId,
    message.id,
  )
  if (stored === undefined) {
    // The replica has every message of the chat from `start` (the oldest stored message) onwards. A single older message would leave a
    // gap before `start`. It arrives again with its page of the history.
    if (start !== null && compareMessages(message, start) < 0) return 'ignored'
    changes.messages.watch(message.chatId, message.id)
    db.run(
      `INSERT INTO messages (chat_id, id, sender_id, sent_at, seq, updated_at, body, mentions_me, file_sha256, edited_at, deleted_at,
         delivery)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent')`,
      message.chatId,
      message.id,
      message.senderId,
      message.sentAt,
      message.seq,
      message.updatedAt,
      bodyOf(message),
      mentionsMe(context, message),
      fileOf(message),
      message.editedAt,
      message.deletedAt,
    )
    return 'inserted'
  }
  if (stored['sender_id'] !== message.senderId) {
    context.log('store.foreign-message', `${message.id} changed its sender`)
    return 'ignored'
  }
  // The person has deleted it here, and the wire does not know yet. It stays deleted, in its newest version.
  const isDeleting = stored['deleted_body'] !== null && message.deletedAt === null
  const version = isDeleting ? { ...message, deletedAt: Number(stored['deleted_at']) } : message
  if (!supersedes(version, stored)) return 'known'
  changes.messages.watch(message.chatId, message.id)
  db.run(
    `UPDATE messages SET sent_at = ?, seq = ?, updated_at = ?, body = ?, deleted_body = ?, mentions_me = ?, file_sha256 = ?,
       edited_at = ?, deleted_at = ?, delivery = 'sent', failure = NULL WHERE row = ?`,
    message.sentAt,
    message.seq,
    message.updatedAt,
    bodyOf(version),
    isDeleting ? message.body : null,
    mentionsMe(context, version),
    fileOf(version),
    message.editedAt,
    version.deletedAt,
    stored['row'] ?? null,
  )
  if (message.deletedAt !== null)
    releaseFile(context, message, readBodyColumn(stored['body'] ?? stored['deleted_body'] ?? null))
  // An own message that arrives from the wire for the first time counts as new.
  if (stored['updated_at'] === null) return 'inserted'
  return message.updatedAt > Number(stored['updated_at']) ? 'changed' : 'known'
}

/** Whether the message replaces the stored one: it is at least as new. A deletion is final, regardless of the times. */
function supersedes(message: WireMessage, stored: Row): boolean {
  const wasDeleted = stored['deleted_at'] !== null
  const isDeleted = message.deletedAt !== null
  if (wasDeleted !== isDeleted) return isDeleted
  return message.updatedAt >= Number(stored['updated_at'] ?? 0)
}

/** The part of a message on which other columns depend. */
type Content = Pick<WireMessage, 'senderId' | 'body' | 'deletedAt'>

function bodyOf({ body, deletedAt }: Content): RawBody | null {
  return deletedAt === null ? body : null
}

/** Whether someone else mentions this person or everyone. Most bodies have no mentions and are not parsed. */
export function mentionsMe({ me }: Writing, message: Content): number {
  const body = bodyOf(message)
  const mayMention = body?.includes('"mentions"') === true && message.senderId !== me
  return Number(mayMention && isMentioned(readBody(body), me))
}

/** The SHA-256 of the message's file; null: it has none. Most bodies have no file and are not parsed. */
export function fileOf(message: Content): string | null {
  const body = bodyOf(message)
  return body?.includes('"sha256"') === true ? (attachmentOf(readBody(body))?.sha256 ?? null) : null
}

/**
 * Ends the intent of an own message that is on the wire. The person had read everything before it, so `own_at` rises to the time of
 * the newest message that was stored when this one was queued (`written_after`), or to `sentAt` if another device sent it.
 */
function recordOwnMessage(context: Writing, message: WireMessage): void {
  removeIntent(context, 'send', message.id)
  context.db.run(
    `UPDATE chats SET own_at = max(coalesce(own_at, 0), (
       SELECT coalesce(written_after, sent_at) FROM messages WHERE chat_id = chats.id AND id = ?
     )) WHERE id = ?`,
    message.id,
    message.chatId,
  )
}
