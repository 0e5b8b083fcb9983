import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Listener } from '../../data/reading.ts'
import { Feed } from './feed.ts'

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

describe('a feed', () => {
  it('splits a large batch into parts; the cursor moves with the last part', async () => {
    const listeners: Listener<number>[] = []
    const applied: { items: number[]; cursor: number }[] = []
    const feed = new Feed<number>({
      name: 'test',
      since: 5,
      follow(_, listener) {
        listeners.push(listener)
        return () => undefined
      },
      apply(items, cursor) {
        applied.push({ items, cursor })
        return Promise.resolve()
      },
      report: () => undefined,
    })
    listeners[0]?.onBatch({ items: numbers(2500), cursor: 9, full: false })
    listeners[0]?.onBatch({ items: [], cursor: 10, full: false })
    await vi.waitFor(() => expect(applied.at(-1)).toEqual({ items: [], cursor: 10 }))
    feed.stop()
    expect(applied.map(({ items, cursor }) => [items.length, cursor])).toEqual([
      [1000, 5],
      [1000, 5],
      [500, 9],
      [0, 10],
    ])
    expect(applied.flatMap(({ items }) => items)).toEqual(numbers(2500))
  })
})

describe('a listener', () => {
  const MINUTE_MS = 60_000
  /** The start of each listener (server ms). */
  let starts: number[]
  let listener: Listener<number>
  let feed: Feed<number>

  beforeEach(() => {
    vi.useFakeTimers()
    starts = []
    feed = new Feed<number>({
      name: 'test',
      since: 100_000,
      follow(since, started) {
        starts.push(since)
        listener = started
        return () => undefined
      },
      apply: () => Promise.resolve(),
      report: () => undefined,
    })
  })
  afterEach(() => {
    feed.stop()
    vi.useRealTimers()
  })

  it('is replaced, from the newest cursor on, before a long silence makes the server bill everything again', async () => {
    listener.onBatch({ items: [1], cursor: 200_000, full: false })
    listener.onLive?.(false)
    await vi.advanceTimersByTimeAsync(24 * MINUTE_MS)
    expect(starts).toEqual([90_000])
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    expect(starts).toEqual([90_000, 190_000])
  })

  it('is kept during a short silence', async () => {
    listener.onLive?.(false)
    await vi.advanceTimersByTimeAsync(20 * MINUTE_MS)
    listener.onLive?.(true)
    await vi.advanceTimersByTimeAsync(20 * MINUTE_MS)
    expect(starts).toEqual([90_000])
  })

  it('is replaced when it holds many documents, unless the new listener would deliver the same documents again', async () => {
    listener.onBatch({ items: numbers(1500), cursor: 110_000, full: false })
    await vi.advanceTimersByTimeAsync(1)
    expect(starts).toEqual([90_000])
    listener.onBatch({ items: [1], cursor: 150_000, full: false })
    await vi.advanceTimersByTimeAsync(1)
    expect(starts).toEqual([90_000, 140_000])
  })

  it('is replaced, without an overlap, when it is full: there may be more', async () => {
    listener.onBatch({ items: numbers(1000), cursor: 101_000, full: true })
    await vi.advanceTimersByTimeAsync(1)
    expect(starts).toEqual([90_000, 100_999])
  })
})
