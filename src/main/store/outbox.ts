import { z } from 'zod'
import type { Args } from '#shared/bridge.ts'
import {
  chatIdSchema,
  messageIdSchema,
  userIdSchema,
  type ChatId,
  type MessageId,
} from '#shared/domain/ids.ts'
import { UNSENT, type Message } from '#shared/domain/message.ts'
import { outboxOpSchema, type OutboxOp } from '#shared/domain/outbox.ts'
import { BridgeError } from '../bridge-error.ts'
import { loadAccount } from './account.ts'
import { loadActivity } from './activities.ts'
import { loadChat, requireChat } from './chat-rows.ts'
import { haveFlagsChanged, readByWriting, setChatState, settleFlags } from './chat-states.ts'
import { fromJson, parseRow, type Context, type Writing } from './context.ts'
import type { Row } from './database.ts'
import { loadMessage } from './message-rows.ts'
import { enqueue, isWaiting, removeIntent } from './outbox-rows.ts'
import { loadPerson } from './people.ts'

/**
 * Queues an own message and clears the chat's draft. The same id again changes nothing. Its `seq` is raised above those
 * that wait already: it comes from a clock, which may have been set back.
 */
export function send(context: Writing, message: Message): undefined {
  const { id, chatId, senderId, seq, body } = message
  const chat = requireChat(context, chatId)
  if (senderId !== context.me || body === null || body.kind === 'unknown')
    throw new BridgeError('refused', 'not an own message of a known kind')
  if (isWaiting(context, 'send', id) || loadMessage(context, chatId, id) !== undefined) return

  context.changes.chats.watch(chatId)
  context.changes.messages.watch(chatId, id)
  context.db.run(
    `INSERT INTO messages (chat_id, id, sender_id, queued_at, seq, body, delivery, written_after)
     VALUES (?1, ?, ?, ?, max(?, coalesce((
       SELECT max(seq) + 1 FROM messages WHERE chat_id = ?1 AND sort_at = ${String(UNSENT)}
     ), 0)), ?, 'queued', (
       SELECT coalesce(max(sort_at), 0) FROM messages WHERE chat_id = ?1 AND sort_at < ${String(UNSENT)}
     ))`,
    chatId,
    id,
    senderId,
    estimatedTime(context, chat.last?.sentAt),
    seq,
    JSON.stringify(body),
  )
  context.db.run(`UPDATE chats SET draft = '' WHERE id = ?`, chatId)
  enqueue(context, 'send', id, chatId)
  setChatState(context, { chatId, patch: { archived: false } })
  readByWriting(context, chatId)
}

/** When a message sent now will have been sent: by the local clock, but not before what the chat already shows. */
function estimatedTime(context: Context, lastSentAt: number | undefined): number {
  return Math.max(context.now(), lastSentAt ?? 0)
}

const intentSchema = z.object({
  kind: z.string(),
  key: z.string(),
  version: z.number().int(),
  chatId: chatIdSchema.nullable(),
})
type Intent = z.infer<typeof intentSchema>

/** All waiting intents, oldest first, each with what the replica says now. */
export function loadPending(context: Context): OutboxOp[] {
  return context.db
    .all('SELECT kind, key, position AS version, chat_id AS chatId FROM outbox ORDER BY position')
    .flatMap((row) => toOp(context, row) ?? [])
}

export function countUnsent(context: Context): number {
  return Number(context.db.get(`SELECT count(*) AS count FROM outbox WHERE kind = 'send'`)?.['count'])
}

function toOp(context: Context, row: Row): OutboxOp | undefined {
  const name = `outbox ${String(row['kind'])} ${String(row['key'])}`
  const intent = parseRow(context, intentSchema, row, name)
  const payload = intent && payloadOf(context, intent)
  if (intent === undefined || payload === 'failed') return undefined
  const { kind, key, version } = intent
  return parseRow(context, outboxOpSchema, { kind, key, version, ...payload }, name)
}

/** What the intent says, still to be parsed; `failed` for a message that waits for the person, not for the wire. */
function payloadOf(context: Context, { kind, key, chatId }: Intent): object | 'failed' | undefined {
  switch (kind) {
    case 'send': {
      const message = chatId === null ? undefined : loadMessage(context, chatId, messageIdSchema.parse(key))
      return message?.delivery === 'failed' ? 'failed' : { message }
    }
    case 'chatState': {
      const state = chatId === null ? undefined : loadChat(context, chatId)?.state
      return { state: state && { ...state, flagsChanged: haveFlagsChanged(context, state.chatId) } }
    }
    case 'receipt': {
      // A whole chat would be read for each of many: who was away owes one to every chat.
      const chat = context.db.get('SELECT member_ids FROM chats WHERE id = ?', chatId)
      const own = chatId === null ? undefined : loadActivity(context, chatId, context.me)
      const memberIds = fromJson(chat?.['member_ids'])
      return { chatId, memberIds, deliveredAt: own?.deliveredAt, readAt: own?.readAt }
    }
    case 'contact': {
      const person = loadPerson(context, userIdSchema.parse(key))
      return { contact: person && { id: person.id, name: person.contactName, phone: person.phone } }
    }
    case 'block':
      return { userId: key, blocked: loadPerson(context, userIdSchema.parse(key))?.blocked }
    case 'profile':
      return { profile: loadAccount(context).profile }
    case 'privacy':
      return { privacy: loadAccount(context).privacy }
    default:
      return undefined
  }
}

/** The wire's answer to an intent; without effect when the intent is gone or has changed since. */
export function settle(context: Writing, args: Args<'outbox.settle'>): undefined {
  const { kind, key, version, outcome, failure } = args
  const intent = context.db.get(
    'SELECT chat_id AS chatId FROM outbox WHERE kind = ? AND key = ? AND position = ?',
    kind,
    key,
    version,
  )
  if (intent === undefined) return
  if (kind === 'send') {
    settleSend(context, chatIdSchema.parse(intent['chatId']), messageIdSchema.parse(key), outcome, failure)
  } else if (outcome === 'failed') {
    throw new BridgeError('refused', 'only a message can fail; drop the intent')
  } else {
    removeIntent(context, kind, key)
    if (kind === 'chatState') settleFlags(context, key)
  }
}

function settleSend(
  context: Writing,
  chatId: ChatId,
  id: MessageId,
  outcome: Args<'outbox.settle'>['outcome'],
  failure: Message['failure'],
): void {
  if (outcome === 'dropped') {
    takeBack(context, chatId, id)
    return
  }
  if (outcome === 'done') {
    removeIntent(context, 'send', id)
    context.changes.chats.watch(chatId)
    context.db.run('UPDATE chats SET on_wire = 1 WHERE id = ?', chatId)
  }
  setDelivery(
    context,
    chatId,
    id,
    outcome === 'done' ? 'sent' : 'failed',
    outcome === 'done' ? null : failure,
  )
}

function setDelivery(
  context: Writing,
  chatId: ChatId,
  id: MessageId,
  delivery: Message['delivery'],
  failure: Message['failure'],
): void {
  context.changes.chats.watch(chatId)
  context.changes.messages.watch(chatId, id)
  context.db.run(
    'UPDATE messages SET delivery = ?, failure = ? WHERE chat_id = ? AND id = ?',
    delivery,
    failure,
    chatId,
    id,
  )
}

/** A failed message goes out once more, after what is queued already. */
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
  enqueue(context, 'send', messageId, message.chatId)
}

/** Takes a failed message back. */
export function discard(context: Writing, { messageId }: Args<'outbox.discard'>): undefined {
  const message = loadFailed(context, messageId)
  if (message !== undefined) takeBack(context, message.chatId, messageId)
}

function loadFailed(context: Context, id: MessageId): Message | undefined {
  const intent = context.db.get(`SELECT chat_id AS chatId FROM outbox WHERE kind = 'send' AND key = ?`, id)
  const message = intent && loadMessage(context, chatIdSchema.parse(intent['chatId']), id)
  return message?.delivery === 'failed' ? message : undefined
}

/** Removes a message that never went out; its text returns to the chat's draft when that is empty. */
function takeBack(context: Writing, chatId: ChatId, id: MessageId): void {
  const body = loadMessage(context, chatId, id)?.body
  context.changes.chats.watch(chatId)
  removeIntent(context, 'send', id)
  context.db.run('DELETE FROM messages WHERE chat_id = ? AND id = ?', chatId, id)
  context.changes.removedMessageIds.push(id)
  if (body?.kind === 'text') {
    context.db.run(`UPDATE chats SET draft = ? WHERE id = ? AND draft = ''`, body.text, chatId)
  }
}
