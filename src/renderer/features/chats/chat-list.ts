import {
  attentionCount,
  isMuted,
  isPeerBlocked,
  isUnread,
  peerOf,
  unreadCount,
  type Chat,
} from '#shared/domain/chat.ts'
import { compareChats } from '#shared/domain/chat-order.ts'
import { chatTitle, foldForSearch } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import type { ChatFilter } from '../../stores/app-store.ts'

/** Returns the chats of the list or of the archive, in display order. */
export function arrangeChats(chats: ReadonlyMap<ChatId, Chat>, archived: boolean): Chat[] {
  return [...chats.values()].filter((chat) => chat.state.archived === archived).toSorted(compareChats)
}

type Accepts = (chat: Chat, me: UserId) => boolean

const accepts: Record<ChatFilter, Accepts> = {
  all: () => true,
  unread: isUnread,
  groups: ({ kind }) => kind === 'group',
}

/** In the order of the buttons. */
export const chatFilters: readonly ChatFilter[] = ['all', 'unread', 'groups']

/** Returns the chats that the filter shows. The open chat stays where unread chats are listed: opening it has made it read. */
export function filterChats(
  chats: readonly Chat[],
  filter: ChatFilter,
  { me, openChatId }: { me: UserId; openChatId: ChatId | null },
): readonly Chat[] {
  return chats.filter((chat) => accepts[filter](chat, me) || (filter === 'unread' && chat.id === openChatId))
}

export function hasArchived(chats: ReadonlyMap<ChatId, Chat>): boolean {
  return [...chats.values()].some(({ state }) => state.archived)
}

/** Returns the number for the row of the archive. Muted chats and chats with blocked people add nothing. */
export function archivedUnread(
  chats: ReadonlyMap<ChatId, Chat>,
  people: ReadonlyMap<UserId, Person>,
  me: UserId,
  now: number,
): number {
  let total = 0
  for (const chat of chats.values()) {
    if (!chat.state.archived || isMuted(chat, now) || isPeerBlocked(chat, people, me)) continue
    total += unreadCount(chat, me) || Number(chat.state.markedUnread)
  }
  return total
}

/**
 * Returns true when the title contains the query, ignoring case and accents. A query of three or more digits also matches a
 * part of the phone number.
 */
export function matchesFilter(query: string, title: string, phone: string | null): boolean {
  const wanted = foldForSearch(query).trim()
  const digits = wanted.replace(/[\s()+.-]/gu, '')
  return (
    foldForSearch(title).includes(wanted) ||
    (/^\d{3,}$/u.test(digits) && phone !== null && phone.includes(digits))
  )
}

/** Returns the chats of the list or of the archive that match the query, in display order. */
export function findChats(
  chats: ReadonlyMap<ChatId, Chat>,
  people: ReadonlyMap<UserId, Person>,
  me: UserId,
  query: string,
  archived: boolean,
): Chat[] {
  const matches = (chat: Chat): boolean => {
    const peer = peerOf(chat, me)
    const phone = peer === undefined ? null : (people.get(peer)?.phone ?? null)
    return matchesFilter(query, chatTitle(chat, people, me), phone)
  }
  return arrangeChats(chats, archived).filter(matches)
}

/** Returns the number for the window title and the rail: the same as in the tray and on the app badge. */
export function totalUnread(
  chats: ReadonlyMap<ChatId, Chat>,
  people: ReadonlyMap<UserId, Person>,
  me: UserId,
  now: number,
): number {
  let total = 0
  for (const chat of chats.values()) {
    total += attentionCount(chat, me, isPeerBlocked(chat, people, me), now)
  }
  return total
}

/** Returns the chat after (1) or before (-1) the open one, else null. Without an open chat: the first or the last one. */
export function neighbour(chats: readonly Chat[], open: ChatId | null, step: 1 | -1): ChatId | null {
  if (open === null) return (step === 1 ? chats[0] : chats.at(-1))?.id ?? null
  const index = chats.findIndex((chat) => chat.id === open)
  if (index < 0) return chats[0]?.id ?? null
  return chats[index + step]?.id ?? null
}

/** Returns the next (1) or previous (-1) chat that `isWanted`, starting at the open one, from the end to the start. Else null. */
export function unreadNeighbour(
  chats: readonly Chat[],
  open: ChatId | null,
  step: 1 | -1,
  isWanted: (chat: Chat) => boolean,
): ChatId | null {
  const inDirection = step === 1 ? chats : chats.toReversed()
  const index = inDirection.findIndex(({ id }) => id === open)
  const order = [...inDirection.slice(index + 1), ...inDirection.slice(0, Math.max(0, index))]
  return order.find(isWanted)?.id ?? null
}
