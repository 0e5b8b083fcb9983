import { z } from 'zod'
import { chatSchema, type Chat } from '#shared/domain/chat.ts'
import { chatIdSchema, type ChatId } from '#shared/domain/ids.ts'
import { readBody, summarize } from '#shared/messages/body.ts'
import { UNSENT, wireMessageSchema, type WireMessage } from '#shared/messages/envelope.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { fromJson, parseRow, type Context } from './context.ts'
import type { Row } from './database.ts'
import { IS_EVENT, readBodyColumn } from './messages-read.ts'

const SELECT = `
  SELECT c.id, c.kind, c.member_ids AS memberIds, c.title, c.group_fields AS "group", c.former, c.last, c.message_count AS messageCount,
    c.created_at AS createdAt, c.updated_at AS updatedAt, c.on_wire AS onWire, c.draft, c.staged,
    c.history_complete AS historyComplete,
    coalesce(s.read_count, 0) AS readCount, s.read_at AS readAt, coalesce(s.pinned, 0) AS pinned,
    coalesce(s.archived, 0) AS archived, s.muted_until AS mutedUntil, coalesce(s.mute_mentions, 0) AS muteMentions,
    coalesce(s.sound, 'default') AS sound, coalesce(s.marked_unread, 0) AS markedUnread,
    c.kind = 'group' AND EXISTS (
      SELECT 1 FROM messages m LEFT JOIN people p ON p.id = m.sender_id
      WHERE m.chat_id = c.id AND m.mentions_me = 1 AND m.sort_at > coalesce(s.read_at, 0) AND coalesce(p.blocked, 0) = 0
    ) AS mentioned
  FROM chats c LEFT JOIN chat_states s ON s.chat_id = c.id`

export function loadChats(context: Context): Chat[] {
  return context.db.all(SELECT).flatMap((row) => toChat(context, row) ?? [])
}

export function loadChat(context: Context, id: ChatId): Chat | undefined {
  const row = context.db.get(`${SELECT} WHERE c.id = ?`, id)
  return row && toChat(context, row)
}

const idSchema = z.object({ id: chatIdSchema })

/** The chats with changes that are not stored yet, newest first. */
export function loadChatsBehind(context: Context): ChatId[] {
  const rows = context.db.all(
    'SELECT id FROM chats WHERE revision > synced_revision ORDER BY updated_at DESC',
  )
  return rows.flatMap((row) => parseRow(context, idSchema, row, 'chat id')?.id ?? [])
}

export function isBehind(context: Context, id: ChatId): boolean {
  return context.db.get('SELECT 1 FROM chats WHERE id = ? AND revision > synced_revision', id) !== undefined
}

/** Returns the chat. Throws `refused` when the replica does not have it. */
export function requireChat(context: Context, id: ChatId): Chat {
  const chat = loadChat(context, id)
  if (chat === undefined) throw new BridgeError('refused', `no chat ${id}`)
  return chat
}

function toChat(context: Context, row: Row): Chat | undefined {
  const {
    readCount,
    readAt,
    pinned,
    archived,
    mutedUntil,
    muteMentions,
    sound,
    markedUnread,
    last,
    ...chat
  } = row
  const value = {
    ...chat,
    memberIds: fromJson(chat['memberIds']),
    group: fromJson(chat['group'] ?? null),
    staged: fromJson(chat['staged'] ?? null),
    former: chat['former'] === 1,
    onWire: chat['onWire'] === 1,
    historyComplete: chat['historyComplete'] === 1,
    mentioned: chat['mentioned'] === 1,
    last: lastOf(context, String(chat['id']), last ?? null),
    state: {
      chatId: chat['id'],
      readCount,
      readAt,
      pinned: pinned === 1,
      archived: archived === 1,
      mutedUntil,
      muteMentions: muteMentions === 1,
      sound,
      markedUnread: markedUnread === 1,
    },
  }
  return parseRow(context, chatSchema, value, `chat ${String(row['id'])}`)
}

/*
 * The newest message row. `overtakenBy`: how many unread messages of others arrived after this message was written on this device; NULL
 * if none did, or if another device wrote it. `place` is the position: a queued message comes after all others; a failed one stays at
 * the time at which it was queued, so a later message can be the newest.
 */
const NEWEST_COLUMNS = 'id, sender_id, body, delivery, sent_at, queued_at, seq, written_after, updated_at'
const NEWEST_ROW = `
  SELECT id, sender_id AS senderId, body, delivery, updated_at AS updatedAt, coalesce(sent_at, queued_at) AS sentAt,
    iif(newest.written_after IS NULL, NULL, (
      SELECT nullif(count(*), 0) FROM messages o
      WHERE o.chat_id = ?1 AND o.sender_id <> newest.sender_id AND o.sort_at < ${String(UNSENT)} AND NOT ${IS_EVENT}
        AND o.sort_at > max(newest.written_after, coalesce((SELECT read_at FROM chat_states WHERE chat_id = ?1), 0))
    )) AS overtakenBy,
    iif(sent_at IS NULL AND delivery <> 'failed', ${String(UNSENT)}, coalesce(sent_at, queued_at)) AS place
  FROM (
    SELECT ${NEWEST_COLUMNS} FROM messages WHERE chat_id = ?1 AND sort_at = ${String(UNSENT)}
    UNION ALL
    SELECT * FROM (
      SELECT ${NEWEST_COLUMNS} FROM messages
      WHERE chat_id = ?1 AND sort_at < ${String(UNSENT)} ORDER BY sort_at DESC, seq DESC, id DESC LIMIT 1
    )
  ) newest
  ORDER BY place DESC, seq DESC, id DESC LIMIT 1`

/** Returns the newest message: either the one in the chat's document or the newest stored one. */
function lastOf(context: Context, chatId: string, column: unknown): Chat['last'] {
  const wire = wireLast(context, chatId, column)
  const row = context.db.get(NEWEST_ROW, chatId)
  const stored = row === undefined ? null : rowLast(context, row)
  if (wire === null) return stored
  if (row === undefined || stored === null) return lastFromWire(wire)
  if (stored.id === wire.id) {
    // A deletion is final, and the person may have deleted it here before the wire knows.
    const isChanged = stored.body !== null && wire.updatedAt > Number(row['updatedAt'] ?? 0)
    return isChanged ? { ...stored, body: lastFromWire(wire).body } : stored
  }
  const wireIsAhead = Number(row['place']) <= wire.sentAt && !isStored(context, chatId, wire.id)
  return wireIsAhead ? lastFromWire(wire) : stored
}

function wireLast(context: Context, chatId: string, column: unknown): WireMessage | null {
  const value = fromJson(column)
  return value === null ? null : (parseRow(context, wireMessageSchema, value, `last of ${chatId}`) ?? null)
}

function lastFromWire({ id, senderId, sentAt, body }: WireMessage): NonNullable<Chat['last']> {
  return { id, senderId, sentAt, body: body && summarize(readBody(body)), delivery: 'sent' }
}

const newestSchema = chatSchema.shape.last.unwrap()

function rowLast(context: Context, row: Row): Chat['last'] {
  const { id, senderId, sentAt, delivery } = row
  const body = readBodyColumn(row['body'])
  const last = {
    id,
    senderId,
    sentAt,
    body: body && summarize(body),
    delivery,
    overtakenBy: row['overtakenBy'] ?? undefined,
  }
  return parseRow(context, newestSchema, last, `message ${String(id)}`) ?? null
}

function isStored(context: Context, chatId: string, id: string): boolean {
  return context.db.get('SELECT 1 FROM messages WHERE chat_id = ? AND id = ?', chatId, id) !== undefined
}
