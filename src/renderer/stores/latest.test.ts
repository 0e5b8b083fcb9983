import { expect, it } from 'vitest'
import { latest } from './latest.ts'

it('computes again only when the arguments change', () => {
  let computations = 0
  const sum = latest((a: number, b: number) => {
    computations += 1
    return { sum: a + b }
  })
  const first = sum(1, 2)
  expect(sum(1, 2)).toBe(first)
  expect(computations).toBe(1)
  expect(sum(2, 2)).toEqual({ sum: 4 })
  expect(sum(1, 2)).toEqual({ sum: 3 })
  expect(computations).toBe(3)
})
