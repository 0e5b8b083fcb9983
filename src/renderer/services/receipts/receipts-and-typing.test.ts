import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ada, chatId, emptyChat, me, personNamed } from '#shared/domain/test-data.ts'
import { createAppStore } from '../../stores/app-store.ts'
import { ReceiptsAndTyping } from './receipts-and-typing.ts'

const memberIds = [me, ada]

const store = createAppStore()
const written: unknown[] = []
const activity = new ReceiptsAndTyping(store, { write: async (...args) => void written.push(args) }, me)

function setBlocked(blocked: boolean): void {
  store.setState({ people: new Map([[ada, personNamed('Ada', { blocked })]]) })
}

beforeEach(() => {
  written.length = 0
})

describe('the watermarks of this person', () => {
  it('are written for the other members', async () => {
    setBlocked(false)
    await activity.writeWatermarks(chatId, memberIds, { deliveredAt: 5, readAt: 4 })
    expect(written).toEqual([[chatId, memberIds, { deliveredAt: 5, readAt: 4, typingUntil: null }]])
  })

  it('are not written in a chat with someone blocked: they would reveal when this person is online', async () => {
    setBlocked(true)
    await activity.writeWatermarks(chatId, memberIds, { deliveredAt: 5, readAt: 5 })
    expect(written).toEqual([])
  })
})

describe('typing', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    setBlocked(false)
    store.setState({ connection: 'online', chats: new Map([[chatId, emptyChat(ada)]]) })
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
