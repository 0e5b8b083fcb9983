import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Listener } from '../data/reading.ts'
import { Feed } from './feed.ts'

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

describe('a feed', () => {
  it('cuts a large batch to what the replica takes; the mark moves with its last part', async () => {
    const listeners: Listener<number>[] = []
    const applied: { items: number[]; mark: number }[] = []
    const feed = new Feed<number>({
      name: 'test',
      since: 5,
      follow(_, listener) {
        listeners.push(listener)
        return () => undefined
      },
      apply(items, mark) {
        applied.push({ items, mark })
        return Promise.resolve()
      },
      report: () => undefined,
    })
    listeners[0]?.onBatch({ items: numbers(2500), mark: 9 })
    listeners[0]?.onBatch({ items: [], mark: 10 })
    await vi.waitFor(() => expect(applied.at(-1)).toEqual({ items: [], mark: 10 }))
    feed.stop()
    expect(applied.map(({ items, mark }) => [items.length, mark])).toEqual([
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
  /** Where each one began. */
  let asked: number[]
  let listener: Listener<number>
  let feed: Feed<number>

  beforeEach(() => {
    vi.useFakeTimers()
    asked = []
    feed = new Feed<number>({
      name: 'test',
      since: 100_000,
      follow(since, heard) {
        asked.push(since)
        listener = heard
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

  it('gives way to a new one, from the newest mark, before a long silence makes the server bill it all again', async () => {
    listener.onBatch({ items: [1], mark: 200_000 })
    listener.onLive?.(false)
    await vi.advanceTimersByTimeAsync(24 * MINUTE_MS)
    expect(asked).toEqual([90_000])
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    expect(asked).toEqual([90_000, 190_000])
  })

  it('stays through a short one', async () => {
    listener.onLive?.(false)
    await vi.advanceTimersByTimeAsync(20 * MINUTE_MS)
    listener.onLive?.(true)
    await vi.advanceTimersByTimeAsync(20 * MINUTE_MS)
    expect(asked).toEqual([90_000])
  })

  it('gives way when it holds much, unless a new one would bring the same again', async () => {
    listener.onBatch({ items: numbers(1500), mark: 110_000 })
    await vi.advanceTimersByTimeAsync(1)
    expect(asked).toEqual([90_000])
    listener.onBatch({ items: [1], mark: 150_000 })
    await vi.advanceTimersByTimeAsync(1)
    expect(asked).toEqual([90_000, 140_000])
  })
})
