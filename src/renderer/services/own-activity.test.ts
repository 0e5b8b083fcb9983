import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ada, chatId, emptyChat, me, personNamed } from '#shared/domain/test-data.ts'
import { createAppStore } from '../stores/app-store.ts'
import { OwnActivity } from './own-activity.ts'

const memberIds = [me, ada]

const store = createAppStore()
const written: unknown[] = []
const activity = new OwnActivity(store, { write: async (...said) => void written.push(said) }, me)

function setBlocked(blocked: boolean): void {
  store.setState({ people: new Map([[ada, personNamed('Ada', { blocked })]]) })
}

beforeEach(() => {
  written.length = 0
})

describe('the watermarks of this person', () => {
  it('are told to the others', async () => {
    setBlocked(false)
    await activity.writeWatermarks(chatId, memberIds, { deliveredAt: 5, readAt: 4 })
    expect(written).toEqual([[chatId, memberIds, { deliveredAt: 5, readAt: 4, typingUntil: null }]])
  })

  it('are not told to someone blocked: they would show when this person is there', async () => {
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

  it('is said once for some seconds of it', () => {
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

  it('is not said of what is sent at once, nor that it has ended', () => {
    activity.typing(chatId)
    vi.advanceTimersByTime(100)
    activity.stopTyping(chatId)
    vi.advanceTimersByTime(10_000)
    expect(written).toEqual([])
  })
})
