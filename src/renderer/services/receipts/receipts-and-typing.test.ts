import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chat } from '#shared/domain/chat.ts'
import { chatIdSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { ada, chatId, emptyChat, me, personNamed } from '#shared/domain/test-data.ts'
import { createAppStore } from '../../stores/app-store.ts'
import { ReceiptsAndTyping } from './receipts-and-typing.ts'

const store = createAppStore()
const written: unknown[] = []
const activity = new ReceiptsAndTyping(store, { write: async (...args) => void written.push(args) }, me)

function setBlocked(blocked: boolean): void {
  store.setState({ people: new Map([[ada, personNamed('Ada', { blocked })]]) })
}

beforeEach(() => {
  written.length = 0
  store.setState({ connection: 'online', chats: new Map([[chatId, emptyChat(ada)]]) })
})
const direct = { id: chatId, kind: 'direct', memberIds: [ada, me] }

describe('the watermarks of this person', () => {
  it('are written for the other members', async () => {
    setBlocked(false)
    await activity.writeWatermarks(chatId, { deliveredAt: 5, readAt: 4 })
    expect(written).toMatchObject([[direct, { deliveredAt: 5, readAt: 4, typingUntil: null }]])
  })

  it('are not written in a chat with someone blocked: they would reveal when this person is online', async () => {
    setBlocked(true)
    await activity.writeWatermarks(chatId, { deliveredAt: 5, readAt: 5 })
    expect(written).toEqual([])
  })
})

describe('typing', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    setBlocked(false)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is written only every few seconds', () => {
    for (let key = 0; key < 20; key++) {
      activity.typing(chatId)
      vi.advanceTimersByTime(100)
    }
    expect(written).toHaveLength(1)
    vi.advanceTimersByTime(3000)
    activity.typing(chatId)
    vi.advanceTimersByTime(1000)
    expect(written).toHaveLength(2)
  })

  it('is not written for a text that is sent at once, and its end is never written', () => {
    activity.typing(chatId)
    vi.advanceTimersByTime(100)
    activity.stopTyping(chatId)
    vi.advanceTimersByTime(10_000)
    expect(written).toEqual([])
  })
})

describe('in a group', () => {
  const ben = userIdSchema.parse('ben')
  const groupId = chatIdSchema.parse('Group000000000000001')
  const crowd = (size: number): UserId[] => [
    me,
    ada,
    ...Array.from({ length: size - 2 }, (_, index) => userIdSchema.parse(`p${String(index)}`)),
  ]

  function setGroup(patch: Partial<Chat>): void {
    const group = emptyChat(ada, { id: groupId, kind: 'group', memberIds: [me, ada, ben], ...patch })
    store.setState({ chats: new Map([[groupId, group]]) })
  }
  const write = (): Promise<void> => activity.writeWatermarks(groupId, { deliveredAt: 5, readAt: 4 })

  beforeEach(() => {
    vi.useFakeTimers()
    setBlocked(false)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('watermarks are written in one of up to 64 members', async () => {
    setGroup({ memberIds: crowd(64) })
    await write()
    expect(written).toMatchObject([
      [
        { id: groupId, kind: 'group' },
        { deliveredAt: 5, readAt: 4 },
      ],
    ])
  })

  it.each([
    ['with 65 members', { memberIds: crowd(65) }],
    ['that this person has left', { former: true }],
  ])('nothing is written in one %s', async (_, patch) => {
    setGroup(patch)
    await write()
    activity.typing(groupId)
    vi.advanceTimersByTime(1000)
    expect(written).toEqual([])
  })

  it('nothing is written in one with someone blocked: the document is for all members', async () => {
    setBlocked(true)
    setGroup({})
    await write()
    activity.typing(groupId)
    vi.advanceTimersByTime(1000)
    expect(written).toEqual([])
  })

  it('typing is written every seven seconds', () => {
    setGroup({})
    for (let key = 0; key < 200; key++) {
      activity.typing(groupId)
      vi.advanceTimersByTime(100)
    }
    expect(written).toHaveLength(3)
    expect(written[0]).toMatchObject([{ kind: 'group' }, { deliveredAt: null, readAt: null }])
  })
})
