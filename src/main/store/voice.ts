import type { Args, Result } from '#shared/bridge/index.ts'
import { recordingSchema, type Recording } from '#shared/bridge/voice.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { requireChat } from './chats-read.ts'
import { parseRow, type Context, type Writing } from './context.ts'
import { MESSAGE_COLUMNS, toMessage } from './messages-read.ts'

/* Recordings of voice notes that are not sent yet, and which voice notes this person has listened to. */

export function appendRecording(
  context: Writing,
  { chatId, part, bytes, levels }: Args<'voice.append'>,
): undefined {
  requireChat(context, chatId)
  if (part === 0) removeRecording(context, { chatId })
  context.db.run(
    'INSERT OR REPLACE INTO recordings (chat_id, part, bytes, levels) VALUES (?, ?, ?, ?)',
    chatId,
    part,
    bytes,
    levels,
  )
}

export function loadRecordings(context: Context): Recording[] {
  const rows = context.db.all(
    `SELECT chat_id AS chatId, group_concat(levels, '' ORDER BY part) AS levels FROM recordings
     GROUP BY chat_id HAVING sum(length(bytes)) > 0`,
  )
  return rows.flatMap((row) => parseRow(context, recordingSchema, row, 'a recording') ?? [])
}

export function readRecording(context: Context, { chatId }: Args<'voice.read'>): Uint8Array<ArrayBuffer> {
  const rows = context.db.all('SELECT bytes FROM recordings WHERE chat_id = ? ORDER BY part', chatId)
  const parts = rows.flatMap(({ bytes }) => (bytes instanceof Uint8Array ? [bytes] : []))
  const whole = new Uint8Array(parts.reduce((size, { byteLength }) => size + byteLength, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.byteLength
  }
  return whole
}

export function removeRecording(context: Writing, { chatId }: Args<'voice.remove'>): undefined {
  context.db.run('DELETE FROM recordings WHERE chat_id = ?', chatId)
}

export function markHeard(context: Writing, { chatId, id }: Args<'voice.markHeard'>): undefined {
  context.changes.messages.watch(chatId, id)
  context.db.run(
    'UPDATE messages SET heard = 1 WHERE chat_id = ? AND id = ? AND sender_id <> ?',
    chatId,
    id,
    context.me,
  )
}

export function nextUnheard(
  context: Context,
  { chatId, id }: Args<'voice.nextUnheard'>,
): Result<'voice.nextUnheard'> {
  const row = context.db.get(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m
     WHERE m.chat_id = ?1 AND m.heard = 0 AND m.sender_id <> ?3 AND m.deleted_at IS NULL
       AND (m.sort_at, m.seq, m.id) > (SELECT sort_at, seq, id FROM messages WHERE chat_id = ?1 AND id = ?2)
       AND json_valid(m.body) AND json_extract(m.body, '$.kind') = 'voice'
     ORDER BY m.sort_at, m.seq, m.id LIMIT 1`,
    chatId,
    id,
    context.me,
  )
  const next: Message | undefined = row && toMessage(context, row)
  return next ?? null
}
