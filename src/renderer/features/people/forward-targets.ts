import { mayPost, type Chat } from '#shared/domain/chat.ts'
import { compareChats } from '#shared/domain/chat-order.ts'
import { chatTitle, foldForSearch } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'

interface Known {
  chats: ReadonlyMap<ChatId, Chat>
  people: ReadonlyMap<UserId, Person>
  me: UserId
}

/** The chats in which this person may write and whose title contains the query, ignoring case and accents, as the list orders them. */
export function forwardTargets({ chats, people, me }: Known, query: string): Chat[] {
  const wanted = foldForSearch(query).trim()
  return [...chats.values()]
    .filter((chat) => mayPost(chat, people, me))
    .filter((chat) => foldForSearch(chatTitle(chat, people, me)).includes(wanted))
    .toSorted(compareChats)
}
