import { expect, it } from 'vitest'
import { latest } from './latest.ts'

it('works out again only what is asked with other arguments', () => {
  let works = 0
  const sum = latest((a: number, b: number) => {
    works += 1
    return { sum: a + b }
  })
  const first = sum(1, 2)
  expect(sum(1, 2)).toBe(first)
  expect(works).toBe(1)
  expect(sum(2, 2)).toEqual({ sum: 4 })
  expect(sum(1, 2)).toEqual({ sum: 3 })
  expect(works).toBe(3)
})
