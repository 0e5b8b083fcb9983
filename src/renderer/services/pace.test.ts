import { describe, expect, it } from 'vitest'
import { Backoff, Slots, TaskPool } from './pace.ts'

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

describe('Slots', () => {
  it('runs so many tasks at a time, in their order, also after a failure', async () => {
    const slots = new Slots(2)
    const tasks = [1, 2, 3, 4].map(() => Promise.withResolvers<number>())
    const started: number[] = []
    const results = tasks.map((task, index) =>
      slots.run(() => {
        started.push(index)
        return task.promise
      }),
    )
    expect(started).toEqual([0, 1])
    tasks[1]?.reject(new Error('no'))
    await expect(results[1]).rejects.toThrow('no')
    await Promise.resolve()
    expect(started).toEqual([0, 1, 2])
    for (const task of tasks) task.resolve(5)
    await expect(Promise.all([results[0], results[2], results[3]])).resolves.toEqual([5, 5, 5])
    expect(started).toEqual([0, 1, 2, 3])
  })
})

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
