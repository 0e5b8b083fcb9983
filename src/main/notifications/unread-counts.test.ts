import { describe, expect, it } from 'vitest'
import { phoneSchema } from '#shared/domain/ids.ts'
import { chatWith, me, personNamed } from '#shared/domain/test-data.ts'
import { createUnreadCounts } from './unread-counts.ts'

const NOW = 10_000
const state = chatWith('x').state

function countsOf(...chats: ReturnType<typeof chatWith>[]) {
  const counts = createUnreadCounts(me)
  counts.update({
    chats,
    removedChatIds: [],
    people: [personNamed('Ada'), personNamed('Bob', { contactName: 'Bobby' })],
  })
  return counts
}

describe('unread counts', () => {
  it('returns counts and titles, newest first', () => {
    const newer = chatWith('bob', { messageCount: 2 })
    const counts = countsOf(chatWith('ada', { last: null, createdAt: 5 }), newer)
    expect(counts.unread(NOW)).toEqual({
      total: 3,
      chats: [
        { account: me, chatId: newer.id, title: 'Bobby', count: 1 },
        { account: me, chatId: chatWith('ada').id, title: 'Ada', count: 2 },
      ],
    })
  })

  it('returns the phone number as title when no name is known', () => {
    const counts = countsOf(chatWith('carl'))
    const phone = phoneSchema.parse('+4915112345678')
    counts.update({
      chats: [],
      removedChatIds: [],
      people: [personNamed('Carl', { displayName: '', phone })],
    })
    expect(counts.unread(NOW).chats).toMatchObject([{ title: phone }])
  })

  it('leaves out muted, archived, blocked and read chats, and counts chats marked as unread', () => {
    const counts = countsOf(
      chatWith('ada', { state: { ...state, readCount: 1, mutedUntil: NOW + 1 } }),
      chatWith('carl', { state: { ...state, archived: true } }),
      chatWith('dora', { state: { ...state, readCount: 3 } }),
      chatWith('emil'),
      chatWith('fay', { state: { ...state, readCount: 3, markedUnread: true } }),
    )
    counts.update({ chats: [], removedChatIds: [], people: [personNamed('Emil', { blocked: true })] })
    expect(counts.unread(NOW)).toEqual({
      total: 1,
      chats: [{ account: me, chatId: chatWith('fay').id, title: '', count: 1 }],
    })
    expect(counts.unread(NOW + 1).total).toBe(3)
  })

  it('applies changes', () => {
    const counts = countsOf(chatWith('ada'))
    const { id } = chatWith('ada')
    expect(counts.unreadOf(id)).toBe(2)
    counts.update({ chats: [chatWith('ada', { messageCount: 5 })], removedChatIds: [], people: [] })
    expect(counts.unreadOf(id)).toBe(4)
    counts.update({ chats: [], removedChatIds: [id], people: [] })
    expect(counts.unreadOf(id)).toBe(0)
    expect(counts.unread(NOW).total).toBe(0)
  })
})
