import type { ReplicaChange } from '#shared/bridge/replica.ts'
import { attentionCount, isPeerBlocked, mayPost, unreadCount, type Chat } from '#shared/domain/chat.ts'
import { compareChats } from '#shared/domain/chat-order.ts'
import { chatTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'

export interface UnreadChat {
  account: UserId
  chatId: ChatId
  /** Cleaned for display; empty when no name is known yet. */
  title: string
  count: number
}

export interface Unread {
  total: number
  /** In the order of the chat list. */
  chats: UnreadChat[]
}

export const noUnread: Unread = { total: 0, chats: [] }

export type CountedRows = Pick<ReplicaChange, 'chats' | 'removedChatIds' | 'people'>

/** The chats and people of the open account, as main needs them for tray, badge and notifications. */
export interface UnreadCounts {
  readonly account: UserId
  update(rows: CountedRows): void
  isBlocked(chat: Chat): boolean
  /** Whether this person may write in the chat. */
  mayPost(chat: Chat): boolean
  unreadOf(chatId: ChatId): number
  /** Chats with unread messages at `now` (ms). Muted and archived chats and those of blocked people are left out. */
  unread(now: number): Unread
}

export function createUnreadCounts(account: UserId): UnreadCounts {
  const chats = new Map<ChatId, Chat>()
  const people = new Map<UserId, Person>()

  const isBlocked = (chat: Chat): boolean => isPeerBlocked(chat, people, account)

  return {
    account,
    update(change) {
      for (const chat of change.chats) chats.set(chat.id, chat)
      for (const id of change.removedChatIds) chats.delete(id)
      for (const person of change.people) people.set(person.id, person)
    },
    isBlocked,
    mayPost: (chat) => mayPost(chat, people, account),
    unreadOf(chatId) {
      const chat = chats.get(chatId)
      return chat === undefined ? 0 : unreadCount(chat, account)
    },
    unread(now) {
      const unread = [...chats.values()]
        .map((chat) => ({ chat, count: attentionCount(chat, account, isBlocked(chat), now) }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => compareChats(a.chat, b.chat))
        .map(({ chat, count }) => ({
          account,
          chatId: chat.id,
          title: chatTitle(chat, people, account),
          count,
        }))
      return { total: unread.reduce((sum, { count }) => sum + count, 0), chats: unread }
    },
  }
}
