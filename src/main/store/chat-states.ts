import type { Args } from '#shared/bridge.ts'
import type { ChatState } from '#shared/domain/chat.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { UNSENT } from '#shared/domain/message.ts'
import { raiseOwnWatermarks } from './activities.ts'
import { requireChat } from './chat-rows.ts'
import type { Context, Writing } from './context.ts'
import { enqueue } from './outbox-rows.ts'

/** Takes over the wire's states: reading only goes forward, and flags changed here that still wait to go out stay. */
export function applyChatStates(context: Writing, states: readonly ChatState[]): void {
  for (const state of states) {
    raiseReadCount(context, state.chatId, state.readCount)
    raiseReadAt(context, state.chatId, state.readAt)
    if (!haveFlagsChanged(context, state.chatId)) writeFlags(context, state, false)
  }
}

/** Everything up to (readCount, readAt) has been seen. Never goes back; says so to the wire only when it is news. */
export function markRead(context: Writing, args: Args<'replica.markRead'>): undefined {
  const { chatId, readCount, readAt } = args
  const { state } = requireChat(context, chatId)
  const grew = readCount > state.readCount || (readAt !== null && readAt > (state.readAt ?? -1))
  if (grew || state.markedUnread) {
    raiseReadCount(context, chatId, readCount)
    raiseReadAt(context, chatId, readAt)
    if (state.markedUnread) writeFlags(context, { ...state, markedUnread: false }, true)
    enqueue(context, 'chatState', chatId, chatId)
  }
  if (readAt !== null) raiseOwnWatermarks(context, chatId, { readAt })
}

export function setChatState(context: Writing, { chatId, patch }: Args<'replica.setChatState'>): undefined {
  const { state } = requireChat(context, chatId)
  const wanted: ChatState = {
    ...state,
    pinned: patch.pinned ?? state.pinned,
    archived: patch.archived ?? state.archived,
    markedUnread: patch.markedUnread ?? state.markedUnread,
    mutedUntil: patch.mutedUntil === undefined ? state.mutedUntil : patch.mutedUntil,
  }
  if (JSON.stringify(wanted) === JSON.stringify(state)) return
  raiseReadCount(context, chatId, state.readCount)
  writeFlags(context, wanted, true)
  enqueue(context, 'chatState', chatId, chatId)
}

/** Raises the count (and makes the state's row when there is none). */
export function raiseReadCount(context: Writing, chatId: ChatId, readCount: number): void {
  context.changes.chats.watch(chatId)
  context.db.run(
    `INSERT INTO chat_states (chat_id, read_count) VALUES (?, ?)
     ON CONFLICT (chat_id) DO UPDATE SET read_count = max(read_count, excluded.read_count)`,
    chatId,
    readCount,
  )
}

function raiseReadAt(context: Writing, chatId: ChatId, readAt: number | null): void {
  context.db.run(
    'UPDATE chat_states SET read_at = max(coalesce(read_at, 0), ?1) WHERE chat_id = ?2 AND ?1 IS NOT NULL',
    readAt,
    chatId,
  )
}

export function haveFlagsChanged(context: Context, chatId: ChatId): boolean {
  const state = context.db.get('SELECT flags_changed FROM chat_states WHERE chat_id = ?', chatId)
  return state?.['flags_changed'] === 1
}

/** The wire has taken them, or will not. */
export function settleFlags(context: Writing, chatId: string): void {
  context.db.run('UPDATE chat_states SET flags_changed = 0 WHERE chat_id = ?', chatId)
}

function writeFlags(context: Writing, state: ChatState, changedHere: boolean): void {
  context.db.run(
    `UPDATE chat_states SET pinned = ?, archived = ?, muted_until = ?, marked_unread = ?, flags_changed = ?
     WHERE chat_id = ?`,
    Number(state.pinned),
    Number(state.archived),
    state.mutedUntil,
    Number(state.markedUnread),
    Number(changedHere),
    state.chatId,
  )
}

/** Who writes has read what is here by then: all that `syncedCount` accounts for. */
export function readByWriting(context: Writing, chatId: ChatId): void {
  const chat = context.db.get('SELECT synced_count FROM chats WHERE id = ?', chatId)
  raiseReadCount(context, chatId, Number(chat?.['synced_count']))
}

/**
 * Who writes has read what came before. With all of the chat's `syncedCount` messages here, what others have sent since
 * the newest own one was written is unread, and nothing else. Not sent to the wire: each device concludes the same, but
 * that only the one it was written on knows how long a message has waited.
 */
export function settleOwnPlace(context: Writing, chatId: ChatId, syncedCount: number): void {
  const ownAt = context.db.get('SELECT own_at FROM chats WHERE id = ?', chatId)?.['own_at']
  if (typeof ownAt !== 'number') return
  const later = context.db.get(
    'SELECT count(*) AS count FROM messages WHERE chat_id = ? AND sort_at > ? AND sort_at < ? AND sender_id <> ?',
    chatId,
    ownAt,
    UNSENT,
    context.me,
  )
  raiseReadCount(context, chatId, Math.max(0, syncedCount - Number(later?.['count'])))
  context.db.run('UPDATE chats SET own_at = NULL WHERE id = ?', chatId)
}
