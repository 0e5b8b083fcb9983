import type { ReplicaChange } from '#shared/bridge.ts'
import { attentionCount, compareChats, isPeerBlocked, unreadCount, type Chat } from '#shared/domain/chat.ts'
import { chatTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'

export interface UnreadChat {
  chatId: ChatId
  /** Fit to be shown; empty when nothing is known yet. */
  title: string
  count: number
}

export interface Unread {
  total: number
  /** In the order of the chat list. */
  chats: UnreadChat[]
}

export type BookRows = Pick<ReplicaChange, 'chats' | 'removedChatIds' | 'people'>

/** What main knows of the open account's chats and people, for tray, badge and notifications. */
export interface ChatBook {
  take(rows: BookRows): void
  isBlocked(chat: Chat): boolean
  unreadOf(chatId: ChatId): number
  /** Chats that ask for attention at `now`: muted, archived and blocked ones do not. */
  unread(now: number): Unread
}

export function createChatBook(me: UserId): ChatBook {
  const chats = new Map<ChatId, Chat>()
  const people = new Map<UserId, Person>()

  const isBlocked = (chat: Chat): boolean => isPeerBlocked(chat, people, me)

  return {
    take(change) {
      for (const chat of change.chats) chats.set(chat.id, chat)
      for (const id of change.removedChatIds) chats.delete(id)
      for (const person of change.people) people.set(person.id, person)
    },
    isBlocked,
    unreadOf(chatId) {
      const chat = chats.get(chatId)
      return chat === undefined ? 0 : unreadCount(chat, me)
    },
    unread(now) {
      const waiting = [...chats.values()]
        .map((chat) => ({ chat, count: attentionCount(chat, me, isBlocked(chat), now) }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => compareChats(a.chat, b.chat))
        .map(({ chat, count }) => ({ chatId: chat.id, title: chatTitle(chat, people, me), count }))
      return { total: waiting.reduce((sum, chat) => sum + chat.count, 0), chats: waiting }
    },
  }
}
