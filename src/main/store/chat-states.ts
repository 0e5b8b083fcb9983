import type { Args } from '#shared/bridge/index.ts'
import type { ChatState } from '#shared/domain/chat.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { UNSENT } from '#shared/messages/envelope.ts'
import { raiseOwnWatermarks } from './activities.ts'
import { requireChat } from './chats-read.ts'
import { IS_EVENT } from './messages-read.ts'
import type { Context, Writing } from './context.ts'
import { enqueueLoaded } from './outbox-rows.ts'

/** Applies a state from the wire. Read marks never move back. Flags (such as `pinned`) that are queued here are not replaced. */
export function applyChatState(context: Writing, state: ChatState): void {
  raiseReadCount(context, state.chatId, state.readCount)
  raiseReadAt(context, state.chatId, state.readAt)
  if (!flagsChanged(context, state.chatId)) writeFlags(context, state, false)
}

/** Marks everything up to (readCount, readAt) as read. Never moves back; queues an intent only when something changed. */
export function markRead(context: Writing, args: Args<'replica.markRead'>): undefined {
  const { chatId, readCount, readAt } = args
  const { state } = requireChat(context, chatId)
  const hasReadMore = readCount > state.readCount || (readAt !== null && readAt > (state.readAt ?? -1))
  if (hasReadMore || state.markedUnread) {
    raiseReadCount(context, chatId, readCount)
    raiseReadAt(context, chatId, readAt)
    if (state.markedUnread) writeFlags(context, { ...state, markedUnread: false }, true)
    enqueueLoaded(context, 'chatState', chatId, chatId)
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
    muteMentions: patch.muteMentions ?? state.muteMentions,
    sound: patch.sound ?? state.sound,
  }
  if (JSON.stringify(wanted) === JSON.stringify(state)) return
  raiseReadCount(context, chatId, state.readCount)
  writeFlags(context, wanted, true)
  enqueueLoaded(context, 'chatState', chatId, chatId)
}

/** Raises the count. Creates the state's row if there is none. */
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

export function flagsChanged(context: Context, chatId: ChatId): boolean {
  const state = context.db.get('SELECT flags_changed FROM chat_states WHERE chat_id = ?', chatId)
  return state?.['flags_changed'] === 1
}

/** Call it when the server has accepted or refused the flags. */
export function clearFlagsChanged(context: Writing, chatId: string): void {
  context.db.run('UPDATE chat_states SET flags_changed = 0 WHERE chat_id = ?', chatId)
}

function writeFlags(context: Writing, state: ChatState, changedHere: boolean): void {
  context.db.run(
    `UPDATE chat_states SET pinned = ?, archived = ?, muted_until = ?, mute_mentions = ?, sound = ?, marked_unread = ?,
       flags_changed = ?
     WHERE chat_id = ?`,
    Number(state.pinned),
    Number(state.archived),
    state.mutedUntil,
    Number(state.muteMentions),
    state.sound,
    Number(state.markedUnread),
    Number(changedHere),
    state.chatId,
  )
}

/** Marks as read all messages that `syncedCount` accounts for, because a message is being sent. */
export function markReadBySending(context: Writing, chatId: ChatId): void {
  const chat = context.db.get('SELECT synced_count FROM chats WHERE id = ?', chatId)
  raiseReadCount(context, chatId, Number(chat?.['synced_count']))
}

/**
 * Raises the read count after an own message has arrived. The person had read everything up to `own_at` (see `recordOwnMessage`), so
 * only later messages of others are unread. Call it when all `syncedCount` messages of the chat are stored. Every device computes
 * the count here, because sending does not write it to the wire.
 */
export function countOwnMessage(context: Writing, chatId: ChatId, syncedCount: number): void {
  const ownAt = context.db.get('SELECT own_at FROM chats WHERE id = ?', chatId)?.['own_at']
  if (typeof ownAt !== 'number') return
  const later = context.db.get(
    `SELECT count(*) AS count FROM messages WHERE chat_id = ? AND sort_at > ? AND sort_at < ? AND sender_id <> ? AND NOT ${IS_EVENT}`,
    chatId,
    ownAt,
    UNSENT,
    context.me,
  )
  raiseReadCount(context, chatId, Math.max(0, syncedCount - Number(later?.['count'])))
  context.db.run('UPDATE chats SET own_at = NULL WHERE id = ?', chatId)
}
