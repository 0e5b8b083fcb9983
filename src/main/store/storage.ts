import { z } from 'zod'
import type { Args, Result } from '#shared/bridge/index.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { FILE_KINDS } from '#shared/domain/storage.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { parseRow, type Context } from './context.ts'
import type { CallArgs } from './main-methods.ts'
import { removableFiles } from './media.ts'
import { MESSAGE_COLUMNS, toMessage } from './messages-read.ts'

/*
 * What the files on this machine are, and how much was transferred. The queries start from `files` and read the index
 * `messages_with_file`, so their time grows with the files that are here, not with the messages.
 */

type Taken = Result<'storage.usage'>['other']

export const USAGE_SQL = `
  SELECT kind, sum(size) AS size, count(*) AS files FROM (
    SELECT f.size, (
      SELECT iif(json_valid(m.body), m.body ->> '$.kind', NULL) FROM messages m WHERE m.file_sha256 = f.sha256 LIMIT 1
    ) AS kind FROM files f
  ) GROUP BY kind`

export const CHATS_SQL = `
  SELECT chat_id AS chatId, sum(size) AS size, count(*) AS files FROM (
    SELECT DISTINCT m.chat_id, f.sha256, f.size FROM files f CROSS JOIN messages m ON m.file_sha256 = f.sha256
  ) GROUP BY chat_id ORDER BY size DESC, chat_id LIMIT ?`

export const FILES_SQL = `
  SELECT ${MESSAGE_COLUMNS}, p.size, p.kept FROM (
    SELECT f.sha256, f.size, f.kept, max(m.row) AS newest
    FROM files f CROSS JOIN messages m ON m.file_sha256 = f.sha256 AND m.chat_id = ?
    GROUP BY f.sha256 ORDER BY f.size DESC, f.sha256 LIMIT ?
  ) p JOIN messages m ON m.row = p.newest ORDER BY p.size DESC, p.sha256`

export function storageUsage(context: Context): Result<'storage.usage'> {
  const usage: Result<'storage.usage'> = {
    photo: none(),
    video: none(),
    voice: none(),
    file: none(),
    other: none(),
    removable: none(),
  }
  for (const { kind, size, files } of context.db.all(USAGE_SQL))
    addTo(usage[FILE_KINDS.find((known) => known === kind) ?? 'other'], Number(size), Number(files))
  for (const { size } of removableFiles(context)) addTo(usage.removable, Number(size), 1)
  return usage
}

function none(): Taken {
  return { size: 0, files: 0 }
}

function addTo(taken: Taken, size: number, files: number): void {
  taken.size += size
  taken.files += files
}

const chatRowSchema = z.object({ chatId: chatIdSchema, size: z.number(), files: z.number() })

export function storageChats(context: Context, { limit }: Args<'storage.chats'>): Result<'storage.chats'> {
  // One row more than asked for says whether there are more.
  const rows = context.db.all(CHATS_SQL, limit + 1)
  const chats = rows.slice(0, limit).flatMap((row) => parseRow(context, chatRowSchema, row, 'a chat') ?? [])
  return { chats, hasMore: rows.length > limit }
}

export function storageFiles(
  context: Context,
  { chatId, limit }: Args<'storage.files'>,
): Result<'storage.files'> {
  const rows = context.db.all(FILES_SQL, chatId, limit + 1)
  const files = rows.slice(0, limit).flatMap(({ size, kept, ...row }) => {
    const message = toMessage(context, row)
    return message === undefined ? [] : { message, size: Number(size), kept: kept === 1 }
  })
  return { files, hasMore: rows.length > limit }
}

export function fileMessage(context: Context, { chatId, sha256 }: Args<'storage.messageOf'>): Message | null {
  const row = context.db.get(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.file_sha256 = ? AND m.chat_id = ? ORDER BY m.row DESC LIMIT 1`,
    sha256,
    chatId,
  )
  return (row && toMessage(context, row)) ?? null
}

// --- traffic

export function addTraffic(context: Context, { sent, received }: CallArgs<'traffic.add'>): undefined {
  const [thisMonth, lastMonth] = monthsOf(context.now())
  context.db.run(
    `INSERT INTO traffic (month, sent, received) VALUES (?, ?, ?)
     ON CONFLICT (month) DO UPDATE SET sent = sent + excluded.sent, received = received + excluded.received`,
    thisMonth,
    sent,
    received,
  )
  context.db.run('DELETE FROM traffic WHERE month NOT IN (?, ?)', thisMonth, lastMonth)
}

export function loadTraffic(context: Context): Result<'storage.traffic'> {
  const [thisMonth, lastMonth] = monthsOf(context.now())
  const load = (month: string): { sent: number; received: number } => {
    const row = context.db.get('SELECT sent, received FROM traffic WHERE month = ?', month)
    return { sent: Number(row?.['sent'] ?? 0), received: Number(row?.['received'] ?? 0) }
  }
  return { thisMonth: load(thisMonth), lastMonth: load(lastMonth) }
}

export function resetTraffic(context: Context): undefined {
  context.db.run('DELETE FROM traffic')
}

/** The names of this month and the one before, by local time. */
function monthsOf(now: number): [thisMonth: string, lastMonth: string] {
  const date = new Date(now)
  const nameOf = (month: Date): string =>
    `${String(month.getFullYear())}-${String(month.getMonth() + 1).padStart(2, '0')}`
  return [nameOf(date), nameOf(new Date(date.getFullYear(), date.getMonth() - 1))]
}
