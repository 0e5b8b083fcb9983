import { describe, expect, it } from 'vitest'
import { phoneSchema } from '#shared/domain/ids.ts'
import { chatWith, me, personNamed } from '#shared/domain/test-data.ts'
import { createChatBook } from './chat-book.ts'

const NOW = 10_000
const state = chatWith('x').state

function bookWith(...chats: ReturnType<typeof chatWith>[]) {
  const book = createChatBook(me)
  book.take({
    chats,
    removedChatIds: [],
    people: [personNamed('Ada'), personNamed('Bob', { contactName: 'Bobby' })],
  })
  return book
}

describe('chat book', () => {
  it('counts and names what waits, newest first', () => {
    const newer = chatWith('bob', { messageCount: 2 })
    const book = bookWith(chatWith('ada', { last: null, createdAt: 5 }), newer)
    expect(book.unread(NOW)).toEqual({
      total: 3,
      chats: [
        { chatId: newer.id, title: 'Bobby', count: 1 },
        { chatId: chatWith('ada').id, title: 'Ada', count: 2 },
      ],
    })
  })

  it('names a person of whom only the number is known by that', () => {
    const book = bookWith(chatWith('carl'))
    const phone = phoneSchema.parse('+4915112345678')
    book.take({ chats: [], removedChatIds: [], people: [personNamed('Carl', { displayName: '', phone })] })
    expect(book.unread(NOW).chats).toMatchObject([{ title: phone }])
  })

  it('leaves out what is muted, archived, blocked or read, and counts what is marked unread', () => {
    const book = bookWith(
      chatWith('ada', { state: { ...state, readCount: 1, mutedUntil: NOW + 1 } }),
      chatWith('carl', { state: { ...state, archived: true } }),
      chatWith('dora', { state: { ...state, readCount: 3 } }),
      chatWith('emil'),
      chatWith('fay', { state: { ...state, readCount: 3, markedUnread: true } }),
    )
    book.take({ chats: [], removedChatIds: [], people: [personNamed('Emil', { blocked: true })] })
    expect(book.unread(NOW)).toEqual({
      total: 1,
      chats: [{ chatId: chatWith('fay').id, title: '', count: 1 }],
    })
    expect(book.unread(NOW + 1).total).toBe(3)
  })

  it('follows changes', () => {
    const book = bookWith(chatWith('ada'))
    const { id } = chatWith('ada')
    expect(book.unreadOf(id)).toBe(2)
    book.take({ chats: [chatWith('ada', { messageCount: 5 })], removedChatIds: [], people: [] })
    expect(book.unreadOf(id)).toBe(4)
    book.take({ chats: [], removedChatIds: [id], people: [] })
    expect(book.unreadOf(id)).toBe(0)
    expect(book.unread(NOW).total).toBe(0)
  })
})
