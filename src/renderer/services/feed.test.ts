import { describe, expect, it, vi } from 'vitest'
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
