import { describe, expect, it } from 'vitest'
import { Backoff, TaskPool } from './pace.ts'

describe('Backoff', () => {
  it('doubles up to the maximum, and starts again after reset', () => {
    const backoff = new Backoff(10, 35)
    expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([10, 20, 35, 35])
    backoff.reset()
    expect(backoff.next()).toBe(10)
  })

  it('can shorten each wait at random, by up to a half', () => {
    const waits = Array.from({ length: 50 }, () => new Backoff(100, 100).nextAtRandom())
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...waits)).toBeLessThanOrEqual(100)
    expect(new Set(waits).size).toBeGreaterThan(10)
  })
})

/** A pool whose running tasks end one by one, by `endNext`. */
function manualPool(limit: number) {
  const started: string[] = []
  const ends: (() => void)[] = []
  const pool = new TaskPool<string>(limit, (key) => {
    started.push(key)
    return new Promise((end) => ends.push(end))
  })
  const endNext = async (): Promise<void> => {
    ends.shift()?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { pool, started, endNext }
}

describe('TaskPool', () => {
  it('runs tasks in order, at most `limit` at a time', async () => {
    const { pool, started, endNext } = manualPool(2)
    for (const key of ['a', 'b', 'c', 'd']) pool.add(key)
    expect(started).toEqual(['a', 'b'])
    await endNext()
    expect(started).toEqual(['a', 'b', 'c'])
  })

  it('runs a key again that was added while it ran, but never twice at the same time', async () => {
    const { pool, started, endNext } = manualPool(2)
    pool.add('a')
    pool.add('a')
    pool.add('a')
    expect(started).toEqual(['a'])
    await endNext()
    expect(started).toEqual(['a', 'a'])
  })

  it('is idle when all tasks have ended', async () => {
    const { pool, endNext } = manualPool(1)
    let isIdle = false
    pool.add('a')
    pool.add('b')
    const idle = pool.idle().then(() => {
      isIdle = true
    })
    await endNext()
    expect(isIdle).toBe(false)
    await endNext()
    await idle
    expect(isIdle).toBe(true)
  })
})
