import { expect, it } from 'vitest'
import { rateOf } from './use-rate.ts'

it('is the speed between the first and the last look', () => {
  expect(
    rateOf([
      { at: 1000, done: 0 },
      { at: 2000, done: 9000 },
      { at: 3000, done: 10_000 },
    ]),
  ).toBe(5000)
})

it('is not known after one look, while nothing moves, or when a transfer begins anew', () => {
  expect(rateOf([])).toBeNull()
  expect(rateOf([{ at: 1000, done: 5 }])).toBeNull()
  const before = { at: 1000, done: 5 }
  expect(rateOf([before, { at: 2000, done: 5 }])).toBeNull()
  expect(rateOf([before, { at: 2000, done: 0 }])).toBeNull()
})
