import { expect, it } from 'vitest'
import { limited } from './limited.ts'

it('at most so many tasks run at once, in the order of the calls, also after a failure', async () => {
  const run = limited(2)
  const started: number[] = []
  const ends: ((failed: boolean) => void)[] = []
  const task = (n: number) => (): Promise<number> => {
    started.push(n)
    return new Promise((resolve, reject) => {
      ends[n] = (failed) => (failed ? reject(new Error('no')) : resolve(n))
    })
  }
  const results = [0, 1, 2, 3].map((n) => run(task(n)).catch(() => -1))
  await Promise.resolve()
  expect(started).toEqual([0, 1])
  ends[1]?.(true)
  await expect(results[1]).resolves.toBe(-1)
  await new Promise((resolve) => setTimeout(resolve))
  expect(started).toEqual([0, 1, 2])
  ends[0]?.(false)
  ends[2]?.(false)
  await Promise.all([results[0], results[2]])
  await new Promise((resolve) => setTimeout(resolve))
  ends[3]?.(false)
  await expect(Promise.all(results)).resolves.toEqual([0, -1, 2, 3])
})
