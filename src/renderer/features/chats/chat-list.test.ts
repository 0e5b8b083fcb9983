import { describe, expect, it } from 'vitest'
import type { Chat } from '#shared/domain/chat.ts'
import { directChatId, phoneSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { chatState, chatWith, groupNamed, me, personNamed } from '#shared/domain/test-data.ts'
import {
  archivedUnread,
  arrangeChats,
  chatFilters,
  filterChats,
  findChats,
  matchesFilter,
  neighbour,
  totalUnread,
  unreadNeighbour,
} from './chat-list.ts'

const user = (name: string): UserId => userIdSchema.parse(name)

/** Returns a chat with ten messages, all of them read. The newest was sent at `at`. */
function chat(peer: string, at: number, state: Partial<Chat['state']> = {}): Chat {
  const { id, last } = chatWith(peer)
  return chatWith(peer, {
    messageCount: 10,
    last: last && { ...last, sentAt: at },
    state: chatState(id, { readCount: 10, ...state }),
  })
}

const mapOf = <T extends { id: string }>(rows: T[]): Map<T['id'], T> =>
  new Map(rows.map((row) => [row.id, row]))
const peers = (chats: Chat[]): (string | undefined)[] =>
  chats.map(({ memberIds }) => memberIds.find((id) => id !== me))

const chats = mapOf([
  chat('ana', 100),
  chat('ben', 300),
  chat('chen', 200, { pinned: true }),
  chat('old', 400, { archived: true }),
])
const people = mapOf([
  personNamed('Ana', { contactName: 'Ána Ñandú' }),
  personNamed('Ben', { phone: phoneSchema.parse('+4915112345678') }),
  personNamed('Chen'),
  personNamed('Old'),
])

describe('arrangeChats', () => {
  it('returns pinned chats first, then the newest, and keeps archived chats separate', () => {
    expect(peers(arrangeChats(chats, false))).toEqual(['chen', 'ben', 'ana'])
    expect(peers(arrangeChats(chats, true))).toEqual(['old'])
  })
})

describe('findChats', () => {
  const found = (query: string, archived = false): (string | undefined)[] =>
    peers(findChats(chats, people, me, query, archived))
  it('searches the list and the archive', () => {
    expect(found('n')).toEqual(['chen', 'ben', 'ana'])
    expect(found('OLD')).toEqual([])
    expect(found('OLD', true)).toEqual(['old'])
    expect(found('nandu')).toEqual(['ana'])
    expect(found('+49 1511')).toEqual(['ben'])
  })

  it('does not match a phone number by one digit or a sign', () => {
    expect(matchesFilter('+', 'Ana', '+49151')).toBe(false)
    expect(matchesFilter('4', 'Ana', '+49151')).toBe(false)
  })
})

describe('totalUnread', () => {
  it('ignores muted, archived and blocked chats, and counts a chat marked as unread as one', () => {
    const unread = mapOf([
      chat('ana', 1, { readCount: 7 }),
      chat('ben', 1, { readCount: 8, mutedUntil: 1000 }),
      chat('chen', 1, { readCount: 0, archived: true }),
      chat('dina', 1, { readCount: 0 }),
      chat('emil', 1, { markedUnread: true }),
    ])
    const known = new Map([[user('dina'), personNamed('Dina', { blocked: true })]])
    expect(totalUnread(unread, known, me, 999)).toBe(4)
    expect(totalUnread(unread, known, me, 1000)).toBe(6)
  })
})

describe('neighbour', () => {
  const order = arrangeChats(chats, false)
  const id = (peer: string): Chat['id'] => directChatId(me, user(peer))
  it('returns the next and the previous chat, and null at the ends', () => {
    expect(neighbour(order, id('chen'), 1)).toBe(id('ben'))
    expect(neighbour(order, id('ben'), -1)).toBe(id('chen'))
    expect(neighbour(order, id('ana'), 1)).toBeNull()
    expect(neighbour(order, null, 1)).toBe(id('chen'))
    expect(neighbour(order, null, -1)).toBe(id('ana'))
    expect(neighbour(order, id('old'), 1)).toBe(id('chen'))
    expect(neighbour([], null, 1)).toBeNull()
  })
})

describe('archivedUnread', () => {
  it('counts archived chats only, without muted and blocked ones', () => {
    const unread = mapOf([
      chat('ana', 1, { readCount: 7 }),
      chat('ben', 1, { readCount: 8, archived: true }),
      chat('chen', 1, { readCount: 0, archived: true, mutedUntil: 1000 }),
      chat('dina', 1, { readCount: 0, archived: true }),
      chat('emil', 1, { archived: true, markedUnread: true }),
    ])
    const known = new Map([[user('dina'), personNamed('Dina', { blocked: true })]])
    expect(archivedUnread(unread, known, me, 999)).toBe(3)
  })
})

describe('unreadNeighbour', () => {
  const order = arrangeChats(chats, false)
  const id = (peer: string): Chat['id'] => directChatId(me, user(peer))
  const unread =
    (...names: string[]) =>
    (one: Chat) =>
      names.some((name) => one.id === id(name))
  it('skips read chats, and goes on at the other end', () => {
    expect(unreadNeighbour(order, id('chen'), 1, unread('ana'))).toBe(id('ana'))
    expect(unreadNeighbour(order, id('ana'), 1, unread('chen', 'ana'))).toBe(id('chen'))
    expect(unreadNeighbour(order, id('ben'), -1, unread('ana', 'chen'))).toBe(id('chen'))
    expect(unreadNeighbour(order, null, -1, unread('ana', 'chen'))).toBe(id('ana'))
    expect(unreadNeighbour(order, id('ana'), 1, unread('ana'))).toBeNull()
  })
})

describe('filterChats', () => {
  const [read, unread, marked] = [
    chat('ana', 1),
    chat('ben', 2, { readCount: 9 }),
    chat('chen', 3, { markedUnread: true }),
  ]
  const group = { ...groupNamed('Garden'), messageCount: 0 }
  const all = [read, unread, marked, group]

  it('lists all chats, unread ones or groups, in their order', () => {
    const shown = chatFilters.map((filter) => filterChats(all, filter, { me, openChatId: null }))
    expect(shown).toEqual([all, [unread, marked], [group]])
  })

  it('keeps the open chat among the unread ones only', () => {
    expect(filterChats(all, 'unread', { me, openChatId: read.id })).toEqual([read, unread, marked])
    expect(filterChats(all, 'groups', { me, openChatId: read.id })).toEqual([group])
  })
})
