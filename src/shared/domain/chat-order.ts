import type { Chat } from './chat.ts'

/** Order of the chat list: pinned chats first, then the newest activity first. Ties go by id, so that the order is stable. */
export function compareChats(a: Chat, b: Chat): number {
  const activity = (chat: Chat): number => chat.last?.sentAt ?? chat.createdAt
  return (
    Number(b.state.pinned) - Number(a.state.pinned) ||
    activity(b) - activity(a) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}
