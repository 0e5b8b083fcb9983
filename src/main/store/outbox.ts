import { z } from 'zod'
import type { Args } from '#shared/bridge/index.ts'
import { chatIdSchema, newMessageId, type ChatId, type UserId } from '#shared/domain/ids.ts'
import {
  intentKindSchema,
  intentSchema,
  isStoredKind,
  storedDefinitionOf,
  type Intent,
  type IntentPayload,
  type LoadedKind,
  type StoredKind,
} from '#shared/intents/index.ts'
import { UNSENT, type Message } from '#shared/messages/envelope.ts'
import { attachmentOf, textOf } from '#shared/messages/body.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { markReadBySending, setChatState } from './chat-states.ts'
import { requireChat } from './chats-read.ts'
import { setDelivery } from './delivery.ts'
import { fromJson, parseRow, type Context, type Writing } from './context.ts'
import type { Row } from './database.ts'
import { effectOf, loadedIntent } from './intents/index.ts'
import type { OutboxRow } from './intents/intent.ts'
import { discardMessage, loadFailed, loadUnsent } from './intents/send.ts'
import { isUploading, queueFile, queueUpload } from './media.ts'
import { loadMessage } from './messages-read.ts'
import { chatOf, enqueueLoaded, enqueueStored, isWaiting, removeIntent } from './outbox-rows.ts'

/** Queues an own message. Clears the chat's draft when the message was typed in the composer. */
export function send(context: Writing, message: Message): undefined {
  if (!queueMessage(context, message) || textOf('draftText', message.body) === null) return
  context.db.run(`UPDATE chats SET draft = '' WHERE id = ?`, message.chatId)
}

/** Queues an own message that was not typed in its chat. The draft there stays. */
export function forward(context: Writing, message: Message): undefined {
  queueMessage(context, message)
}

/**
 * Queues an own message. Queuing the same id again changes nothing, and returns false. Raises `seq` above those of the chat's unsent
 * messages: it comes from the local clock, which may have been set back.
 */
function queueMessage(context: Writing, message: Message): boolean {
  const { id, chatId, senderId, seq, body } = message
  const chat = requireChat(context, chatId)
  if (senderId !== context.me || body === null || body.kind === 'unknown')
    throw new BridgeError('refused', 'not an own message of a known kind')
  if (chat.former) throw new BridgeError('refused', 'not a member of this group')
  if (isWaiting(context, 'send', id) || loadMessage(context, chatId, id) !== undefined) return false

  context.changes.chats.watch(chatId)
  context.changes.messages.watch(chatId, id)
  const stored = queueFile(context, chatId, body)
  context.db.run(
    `INSERT INTO messages (chat_id, id, sender_id, queued_at, seq, body, file_sha256, delivery, written_after)
     VALUES (?1, ?, ?, ?, max(?, coalesce((
       SELECT max(seq) + 1 FROM messages WHERE chat_id = ?1 AND sort_at = ${String(UNSENT)}
     ), 0)), ?, ?, 'queued', (
       SELECT coalesce(max(sort_at), 0) FROM messages WHERE chat_id = ?1 AND sort_at < ${String(UNSENT)}
     ))`,
    chatId,
    id,
    senderId,
    estimatedTime(context, chat.last?.sentAt),
    seq,
    JSON.stringify(stored),
    attachmentOf(stored)?.sha256 ?? null,
  )
  enqueueLoaded(context, 'send', id, chatId)
  setChatState(context, { chatId, patch: { archived: false } })
  markReadBySending(context, chatId)
  return true
}

/** Queues a message that is made of a staged file, and unstages the file. */
export function sendStaged(context: Writing, { message, itemId }: Args<'replica.sendStaged'>): undefined {
  send(context, message)
  context.changes.chats.watch(message.chatId)
  context.db.run(
    `UPDATE chats SET staged = (
       SELECT json_group_array(json(item.value) ORDER BY item.key) FROM json_each(chats.staged) item
       WHERE item.value ->> '$.id' <> ?
     ) WHERE id = ?`,
    itemId,
    message.chatId,
  )
}

/** Estimates when a message queued now will be sent: the local time, but not before the newest message that the chat shows. */
function estimatedTime(context: Context, lastSentAt: number | undefined): number {
  return Math.max(context.now(), lastSentAt ?? 0)
}

/** Sets the members of a group that is not on the wire yet. */
function setNewMembers(context: Writing, chatId: ChatId, others: readonly UserId[]): void {
  context.db.run(
    'UPDATE chats SET member_ids = ? WHERE id = ? AND on_wire = 0',
    JSON.stringify([context.me, ...others]),
    chatId,
  )
}

function changesSomething<K extends StoredKind>(
  context: Writing,
  kind: K,
  payload: IntentPayload<K>,
): boolean {
  return effectOf(kind)?.apply(context, payload) ?? true
}

/** Queues a stored intent and applies its effect to the replica. Rejects one for a chat that the replica does not have. */
export function add(context: Writing, request: Args<'outbox.add'>): undefined {
  if (!changesSomething(context, request.kind, request.payload)) return
  const chatId = chatOf(request.payload)
  if (chatId !== null) requireChat(context, chatId)
  enqueueStored(context, request)
}

/** All intents to be written to the wire, oldest first. */
export function loadPending(context: Context): Intent[] {
  const rows = context.db.all(
    'SELECT kind, key, chat_id AS chatId, position AS version, payload FROM outbox ORDER BY position',
  )
  return rows.flatMap((row) => toIntent(context, row) ?? [])
}

/**
 * Returns undefined for a failed message, because it waits until the person retries or discards it. Also returns undefined for a row
 * that cannot be read, and logs it.
 */
function toIntent(context: Context, row: Row): Intent | undefined {
  const { kind: name, key, version } = row
  const kind = parseRow(context, intentKindSchema, name, `intent ${String(name)}`)
  if (kind === undefined) return undefined
  const payload = isStoredKind(kind)
    ? fromJson(row['payload'])
    : loadedIntent(kind).load(context, parseOutboxRow(row))
  return payload === null
    ? undefined
    : parseRow(context, intentSchema, { kind, key, version, payload }, `intent ${kind}`)
}

const outboxRowSchema = z.object({ key: z.string(), chatId: chatIdSchema.nullable() })

function parseOutboxRow(row: Row): OutboxRow {
  return outboxRowSchema.parse(row)
}

/** How many messages are not on the wire. */
export function countUnsent(context: Context): number {
  return Number(context.db.get(`SELECT count(*) AS count FROM outbox WHERE kind = 'send'`)?.['count'])
}

/** Ends an intent after the server's response. Has no effect when the intent is gone or has changed since. */
export function acknowledge(context: Writing, args: Args<'outbox.acknowledge'>): undefined {
  const { kind, key, version } = args
  const row = context.db.get(
    'SELECT key, chat_id AS chatId, payload FROM outbox WHERE kind = ? AND key = ? AND position = ?',
    kind,
    key,
    version,
  )
  if (row === undefined) return
  if (isStoredKind(kind)) endStored(context, kind, parsePayload(context, kind, row['payload']), args)
  else endLoaded(context, kind, parseOutboxRow(row), args)
}

function endLoaded(
  context: Writing,
  kind: LoadedKind,
  row: OutboxRow,
  { outcome, failure }: Args<'outbox.acknowledge'>,
): void {
  const intent = loadedIntent(kind)
  if (outcome !== 'failed') {
    removeIntent(context, kind, row.key)
    intent.end(context, row, outcome)
  } else if (intent.fail !== null) {
    intent.fail(context, row, failure)
  } else {
    throw cannotFail()
  }
}

/** Returns undefined for a payload that cannot be read, and logs it. */
function parsePayload<K extends StoredKind>(
  context: Context,
  kind: K,
  payload: unknown,
): IntentPayload<K> | undefined {
  return parseRow(context, storedDefinitionOf(kind).payload, fromJson(payload), `intent ${kind}`)
}

function endStored<K extends StoredKind>(
  context: Writing,
  kind: K,
  payload: IntentPayload<K> | undefined,
  { key, outcome, failure }: Args<'outbox.acknowledge'>,
): void {
  const effect = effectOf(kind)
  if (outcome === 'failed' && effect?.fail === undefined) throw cannotFail()
  removeIntent(context, kind, key)
  if (payload === undefined) return
  if (outcome === 'failed') effect?.fail?.(context, payload, failure)
  else effect?.end?.(context, payload, outcome)
}

function cannotFail(): BridgeError {
  return new BridgeError('refused', 'this intent cannot fail; drop it')
}

/** Replaces a waiting event by several; see the bridge method. */
export function split(context: Writing, { messageId, events }: Args<'outbox.split'>): undefined {
  const message = loadUnsent(context, messageId)
  const [first, ...others] = events
  if (message?.delivery !== 'queued' || message.body?.kind !== 'event' || first === undefined) return
  const { chatId } = message
  context.changes.chats.watch(chatId)
  context.changes.messages.watch(chatId, messageId)
  context.db.run(
    'UPDATE messages SET body = ? WHERE chat_id = ? AND id = ?',
    JSON.stringify(first),
    chatId,
    messageId,
  )
  if (first.event === 'created') setNewMembers(context, chatId, first.uids)
  for (const body of others) send(context, { ...message, id: newMessageId(), body })
}

/** Queues a failed message again, at the end of the outbox. */
export function retry(context: Writing, { messageId }: Args<'outbox.retry'>): undefined {
  const message = loadFailed(context, messageId)
  if (message === undefined) return
  setDelivery(context, message.chatId, messageId, 'queued', null)
  const queuedAt = estimatedTime(context, requireChat(context, message.chatId).last?.sentAt)
  context.db.run(
    'UPDATE messages SET queued_at = ? WHERE chat_id = ? AND id = ?',
    queuedAt,
    message.chatId,
    messageId,
  )
  queueUpload(context, message.chatId, message.body)
  enqueueLoaded(context, 'send', messageId, message.chatId)
}

/** Deletes a message that failed or whose file is not uploaded yet. Any other may be on the wire already. */
export function discard(context: Writing, { messageId }: Args<'outbox.discard'>): undefined {
  const message = loadUnsent(context, messageId)
  if (message === undefined) return
  if (message.delivery === 'failed' || isUploading(context, message))
    discardMessage(context, message.chatId, messageId)
}
