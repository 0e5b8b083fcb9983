import type { Args, Result } from '#shared/bridge/index.ts'
import type { WireChat } from '#shared/domain/chat.ts'
import { newGroup } from '#shared/domain/group.ts'
import { directChatId, type ChatId, type MessageId } from '#shared/domain/ids.ts'
import { makesMember } from '#shared/messages/body.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { loadChat, requireChat } from './chats-read.ts'
import { raiseReadCount } from './chat-states.ts'
import type { Context, Writing } from './context.ts'
import { applyMessages } from './messages-write.ts'
import { send } from './outbox.ts'
import { hasSyncCursor } from './sync-cursors.ts'

/** A group that is new to this replica is read from its beginning if it has at most this many changes, which is one page. */
const SHORT_HISTORY = 50

/**
 * Stores a chat from the wire. An older state of a chat never replaces a newer one. The chats of the first load
 * existed before this replica, and so did a group with a long history that this person was added to: only their newest page is loaded.
 */
export function applyChat(context: Writing, chat: WireChat): void {
  context.changes.chats.watch(chat.id)
  context.db.run(
    `INSERT INTO chats (id, kind, member_ids, title, group_fields, last, message_count, created_at, updated_at, revision,
       changed, needs_first_page, on_wire)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, member_ids = excluded.member_ids, title = excluded.title,
       group_fields = excluded.group_fields, former = 0, last = excluded.last, message_count = excluded.message_count, created_at = excluded.created_at,
       updated_at = excluded.updated_at, revision = excluded.revision, changed = excluded.changed,
       needs_first_page = iif(chats.on_wire, chats.needs_first_page, excluded.needs_first_page), on_wire = 1
     WHERE excluded.revision >= chats.revision`,
    chat.id,
    chat.kind,
    JSON.stringify(chat.memberIds),
    chat.title,
    chat.group && JSON.stringify(chat.group),
    chat.last && JSON.stringify(chat.last),
    chat.messageCount,
    chat.createdAt,
    chat.updatedAt,
    chat.revision,
    chat.changed,
    Number(!hasSyncCursor(context, 'chats') || (chat.kind === 'group' && chat.revision > SHORT_HISTORY)),
  )
  applyLast(context, chat)
  // If another device wrote the newest message, the person had read everything before it there. A message queued here may have waited
  // while others wrote: `countOwnMessage` counts it.
  if (chat.last?.senderId === context.me && !wasQueuedHere(context, chat.id, chat.last.id))
    raiseReadCount(context, chat.id, chat.messageCount)
  if (chat.last !== null && makesMember(chat.last.body, context.me))
    raiseReadCount(context, chat.id, chat.messageCount)
}

/** Stores the document's message if the chat is in step: only the latest change is missing, and the document contains it. */
function applyLast(context: Writing, { id, last, ...chat }: WireChat): void {
  const stored = context.db.get('SELECT synced_revision, needs_first_page FROM chats WHERE id = ?', id)
  const isInStep = stored?.['needs_first_page'] === 0 && stored['synced_revision'] === chat.revision - 1
  if (!isInStep || last?.id !== chat.changed) return
  applyMessages(context, {
    chatId: id,
    messages: [last],
    source: 'live',
    cursor: chat.updatedAt,
    syncedCount: chat.messageCount,
    syncedRevision: chat.revision,
    historyComplete: chat.revision === 1 ? true : null,
  })
}

function wasQueuedHere(context: Context, chatId: ChatId, id: MessageId): boolean {
  const message = context.db.get('SELECT queued_at FROM messages WHERE chat_id = ? AND id = ?', chatId, id)
  return message?.['queued_at'] != null
}

/** Deletes chats with their messages, watermarks, drafts and waiting intents. */
export function removeChats(context: Writing, { chatIds }: Args<'replica.removeChats'>): undefined {
  for (const id of chatIds) {
    if (context.db.get('SELECT 1 FROM chats WHERE id = ?', id) === undefined) continue
    context.db.run('DELETE FROM activities WHERE chat_id = ?', id)
    context.db.run('DELETE FROM chats WHERE id = ?', id)
    context.changes.removedChatIds.push(id)
  }
}

/** Marks groups that this person is no longer a member of. Their history and draft stay. Messages that wait there can never be sent. */
export function leaveChats(context: Writing, { chatIds }: Args<'replica.leaveChats'>): undefined {
  for (const id of chatIds) {
    context.changes.chats.watch(id)
    context.db.run(`UPDATE chats SET former = 1 WHERE id = ? AND kind = 'group'`, id)
  }
}

/** Creates a group here. Its first message, the event, creates it on the wire. */
export function createGroup(context: Writing, { message }: Args<'replica.createGroup'>): undefined {
  const { chatId, body } = message
  if (body?.kind !== 'event' || body.event !== 'created') throw new BridgeError('refused', 'not a new group')
  if (loadChat(context, chatId) !== undefined) return
  context.changes.chats.watch(chatId)
  context.db.run(
    `INSERT INTO chats (id, kind, member_ids, title, group_fields, message_count, created_at, updated_at, on_wire)
     VALUES (?, 'group', ?, ?, ?, 0, ?, 0, 0)`,
    chatId,
    JSON.stringify([context.me, ...body.uids]),
    body.title,
    JSON.stringify(newGroup(context.me)),
    context.now(),
  )
  send(context, message)
}

export function openDirectChat(
  context: Writing,
  { peerId }: Args<'replica.openDirectChat'>,
): Result<'replica.openDirectChat'> {
  if (peerId === context.me) throw new BridgeError('refused', 'a direct chat needs someone else')
  const chatId = directChatId(context.me, peerId)
  context.changes.chats.watch(chatId)
  context.db.run(
    `INSERT INTO chats (id, kind, member_ids, message_count, created_at, updated_at, on_wire)
     VALUES (?, 'direct', ?, 0, ?, 0, 0) ON CONFLICT (id) DO NOTHING`,
    chatId,
    JSON.stringify([context.me, peerId].toSorted()),
    context.now(),
  )
  return { chatId }
}

export function setDraft(context: Writing, { chatId, text }: Args<'replica.setDraft'>): undefined {
  requireChat(context, chatId)
  context.changes.chats.watch(chatId)
  context.db.run('UPDATE chats SET draft = ? WHERE id = ?', text, chatId)
}
