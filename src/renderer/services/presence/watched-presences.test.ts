import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userIdSchema } from '#shared/domain/ids.ts'
import { LINGER_MS, START_DELAY_MS, WatchedPresences } from './watched-presences.ts'

const ada = userIdSchema.parse('ada')
const ben = userIdSchema.parse('ben')
let followed: string[]
let watched: WatchedPresences

beforeEach(() => {
  vi.useFakeTimers()
  followed = []
  watched = new WatchedPresences((id) => {
    followed.push(id)
    return () => (followed = followed.filter((other) => other !== id))
  })
})
afterEach(() => vi.useRealTimers())

describe('watched presences', () => {
  it('follows nobody who is watched only for a moment', () => {
    const unwatch = watched.watch(ada)
    vi.advanceTimersByTime(START_DELAY_MS - 1)
    unwatch()
    vi.advanceTimersByTime(LINGER_MS)
    expect(followed).toEqual([])
  })

  it('follows a person once, until a while after the last component has stopped watching', () => {
    const first = watched.watch(ada)
    const second = watched.watch(ada)
    vi.advanceTimersByTime(START_DELAY_MS)
    expect(followed).toEqual(['ada'])
    first()
    first()
    vi.advanceTimersByTime(LINGER_MS)
    expect(followed).toEqual(['ada'])
    second()
    vi.advanceTimersByTime(LINGER_MS - 1)
    expect(followed).toEqual(['ada'])
    vi.advanceTimersByTime(1)
    expect(followed).toEqual([])
  })

  it('does not start again when a person is watched again soon', () => {
    watched.watch(ada)()
    const unwatch = watched.watch(ada)
    vi.advanceTimersByTime(START_DELAY_MS)
    unwatch()
    vi.advanceTimersByTime(LINGER_MS - 1)
    watched.watch(ada)
    vi.advanceTimersByTime(LINGER_MS)
    expect(followed).toEqual(['ada'])
  })

  it('ends all listeners, and starts no more, when it stops', () => {
    watched.watch(ada)
    vi.advanceTimersByTime(START_DELAY_MS)
    watched.watch(ben)
    watched.stop()
    vi.advanceTimersByTime(LINGER_MS)
    expect(followed).toEqual([])
  })
})
