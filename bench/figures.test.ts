import { expect, test } from 'vitest'
import { isMet, median, percentile, toLine, type Figure } from './figures.ts'

const figure: Figure = { name: 'search', value: 12, unit: 'ms', budget: 30 }

test('percentile returns one of the values', () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index)
  expect(percentile(values, 0.95)).toBe(19)
  expect(percentile(values, 1)).toBe(20)
  expect(median(values)).toBe(10)
  expect(median([7])).toBe(7)
  expect(median([])).toBeNaN()
})

test('isMet accepts a value up to the budget and rejects NaN', () => {
  expect(isMet({ ...figure, value: 30 })).toBe(true)
  expect(isMet({ ...figure, value: 30.1 })).toBe(false)
  expect(isMet({ ...figure, value: Number.NaN })).toBe(false)
  expect(isMet({ ...figure, budget: null })).toBeUndefined()
})

test('toLine prints the figure and its budget', () => {
  expect(toLine(figure)).toMatch(/^✔ search +12\.0 ms +≤ 30\.0 ms +met$/u)
  expect(toLine({ ...figure, value: 31, detail: 'slow' })).toMatch(/^✖ .* MISSED +slow$/u)
  expect(toLine({ ...figure, budget: null })).toMatch(/12\.0 ms$/u)
})
