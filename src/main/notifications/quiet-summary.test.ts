import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chatWith, messageId } from '#shared/domain/test-data.ts'
import { defaultSettings } from '#shared/settings.ts'
import { createQuietSummary, type QuietSummary } from './quiet-summary.ts'

const NIGHT = new Date(2026, 2, 3, 23)
const MORNING = new Date(2026, 2, 4, 7)
const { id: ada } = chatWith('ada')
const { id: ben } = chatWith('ben')

let ends: { messages: number; chats: number; at: number }[]
let quietHours = { ...defaultSettings.quietHours, enabled: true }
let summary: QuietSummary

beforeEach(() => {
  vi.useFakeTimers({ now: NIGHT })
  ends = []
  quietHours = { ...defaultSettings.quietHours, enabled: true }
  summary = createQuietSummary({
    quietHours: () => quietHours,
    onEnd: (counts) => ends.push({ ...counts, at: Date.now() }),
  })
})
afterEach(() => vi.useRealTimers())

describe('the summary of the quiet hours', () => {
  it('comes once, at their end, and counts messages and chats', () => {
    summary.hold(ada, messageId(1), 1)
    summary.hold(ada, messageId(2), 2)
    summary.hold(ben, messageId(3), 3)
    vi.advanceTimersByTime(3_600_000)
    expect(ends).toEqual([])
    vi.advanceTimersByTime(48 * 3_600_000)
    expect(ends).toEqual([{ messages: 3, chats: 2, at: MORNING.getTime() }])
  })

  it('does not count what was read or deleted, and does not come for nothing', () => {
    summary.hold(ada, messageId(1), 1)
    summary.hold(ada, messageId(2), 2)
    summary.hold(ben, messageId(3), 3)
    summary.clear(ada, 1)
    summary.withdraw(ben, messageId(3))
    vi.advanceTimersByTime(12 * 3_600_000)
    expect(ends).toMatchObject([{ messages: 1, chats: 1 }])
    vi.advanceTimersByTime(12 * 3_600_000)
    summary.hold(ada, messageId(4), 4)
    summary.clear(ada)
    vi.advanceTimersByTime(48 * 3_600_000)
    expect(ends).toHaveLength(1)
  })

  it('comes at once when the person ends the quiet hours', () => {
    summary.hold(ada, messageId(1), 1)
    quietHours = { ...quietHours, enabled: false }
    summary.settingsChanged()
    expect(ends).toMatchObject([{ messages: 1, at: NIGHT.getTime() }])
  })

  it('forgets everything at sign-out', () => {
    summary.hold(ada, messageId(1), 1)
    summary.clearAll()
    vi.advanceTimersByTime(48 * 3_600_000)
    expect(ends).toEqual([])
  })
})
