import { describe, expect, it } from 'vitest'
import { chatSchema, type Chat } from '#shared/domain/chat.ts'
import { chatTitle } from '#shared/domain/display-text.ts'
import { directChatId, phoneSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import { arrangeChats, findChats, matchesFilter, neighbour, totalUnread } from './chat-rows.ts'

const me = userIdSchema.parse('me')
const user = (name: string): UserId => userIdSchema.parse(name)

function chat(peer: string, at: number, state: Partial<Chat['state']> = {}): Chat {
  const id = directChatId(me, user(peer))
  return chatSchema.parse({
    id,
    kind: 'direct',
    memberIds: [me, peer],
    title: null,
    messageCount: 10,
    createdAt: at,
    updatedAt: at,
    onWire: true,
    last: {
      id: `message-of-${peer}-0000`,
      senderId: peer,
      kind: 'text',
      preview: 'Hi',
      sentAt: at,
      delivery: 'sent',
    },
    state: {
      chatId: id,
      readCount: 10,
      readAt: null,
      pinned: false,
      archived: false,
      mutedUntil: null,
      markedUnread: false,
      ...state,
    },
    draft: '',
    historyComplete: true,
  })
}

function person(name: string, patch: Partial<Person> = {}): Person {
  return {
    id: user(name.toLowerCase()),
    displayName: name,
    about: '',
    profileFetchedAt: 0,
    contactName: '',
    phone: null,
    blocked: false,
    ...patch,
  }
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
  person('Ana', { contactName: 'Ána Ñandú' }),
  person('Ben', { phone: phoneSchema.parse('+4915112345678') }),
  person('Chen'),
  person('Old'),
])

describe('arrangeChats', () => {
  it('puts the pinned first, then the newest, and keeps the archive apart', () => {
    expect(peers(arrangeChats(chats, false))).toEqual(['chen', 'ben', 'ana'])
    expect(peers(arrangeChats(chats, true))).toEqual(['old'])
  })
})

describe('chatTitle', () => {
  it('prefers the private name, then the public one, then the number', () => {
    expect(chatTitle(chat('ana', 1), people, me)).toBe('Ána Ñandú')
    expect(chatTitle(chat('ben', 1), people, me)).toBe('Ben')
    const nameless = mapOf([
      person('Ben', { displayName: '\u200B', phone: phoneSchema.parse('+4915112345678') }),
    ])
    expect(chatTitle(chat('ben', 1), nameless, me)).toBe('+4915112345678')
    expect(chatTitle(chat('nobody', 1), people, me)).toBe('')
  })
})

describe('findChats', () => {
  it('looks everywhere, the archive last', () => {
    expect(peers(findChats(chats, people, me, 'n'))).toEqual(['chen', 'ben', 'ana'])
    expect(peers(findChats(chats, people, me, 'OLD'))).toEqual(['old'])
    expect(peers(findChats(chats, people, me, 'nandu'))).toEqual(['ana'])
    expect(peers(findChats(chats, people, me, '+49 1511'))).toEqual(['ben'])
  })

  it('does not take a short number or a sign for a phone number', () => {
    expect(matchesFilter('+', 'Ana', '+49151')).toBe(false)
    expect(matchesFilter('4', 'Ana', '+49151')).toBe(false)
  })
})

describe('totalUnread', () => {
  it('leaves out the muted, the archived and the blocked; what was marked counts as one', () => {
    const unread = mapOf([
      chat('ana', 1, { readCount: 7 }),
      chat('ben', 1, { readCount: 8, mutedUntil: 1000 }),
      chat('chen', 1, { readCount: 0, archived: true }),
      chat('dina', 1, { readCount: 0 }),
      chat('emil', 1, { markedUnread: true }),
    ])
    const known = new Map([[user('dina'), person('Dina', { blocked: true })]])
    expect(totalUnread(unread, known, me, 999)).toBe(4)
    expect(totalUnread(unread, known, me, 1000)).toBe(6)
  })
})

describe('neighbour', () => {
  const order = arrangeChats(chats, false)
  const id = (peer: string): Chat['id'] => directChatId(me, user(peer))
  it('steps through the list and stops at its ends', () => {
    expect(neighbour(order, id('chen'), 1)).toBe(id('ben'))
    expect(neighbour(order, id('ben'), -1)).toBe(id('chen'))
    expect(neighbour(order, id('ana'), 1)).toBeNull()
    expect(neighbour(order, null, 1)).toBe(id('chen'))
    expect(neighbour(order, null, -1)).toBe(id('ana'))
    expect(neighbour(order, id('old'), 1)).toBe(id('chen'))
    expect(neighbour([], null, 1)).toBeNull()
  })
})
