import { beforeEach, expect, it } from 'vitest'
import { TotalProgress, type Total } from './total-progress.ts'

let reports: Total[]
let total: TotalProgress
beforeEach(() => {
  reports = []
  total = new TotalProgress((report) => reports.push(report))
})

it('adds up what runs, and does not go back when one of several ends', () => {
  total.update('a', { done: 0, size: 100 })
  total.update('b', { done: 0, size: 300 })
  total.update('a', { done: 100, size: 100 })
  total.end('a', false)
  total.update('b', { done: 100, size: 300 })
  expect(reports.map((report) => report?.share)).toEqual([0, 0, 0.25, 0.25, 0.5])
})

it('says that nothing runs any more, and begins anew', () => {
  total.update('a', { done: 50, size: 100 })
  total.end('a', false)
  total.update('b', { done: 0, size: 100 })
  expect(reports).toEqual([{ share: 0.5, failed: false }, null, { share: 0, failed: false }])
})

it('shows a failure when everything has ended, and forgets it with the next transfer', () => {
  total.update('a', { done: 0, size: 100 })
  total.update('b', { done: 0, size: 100 })
  total.end('a', true)
  total.end('b', false)
  total.update('c', { done: 0, size: 100 })
  total.end('c', false)
  expect(reports.slice(2)).toEqual([
    { share: 0.5, failed: false },
    { share: 1, failed: true },
    { share: 0, failed: false },
    null,
  ])
})

it('ignores the end of what it did not follow, and copes with an unknown size', () => {
  total.end('a', true)
  total.update('b', { done: 0, size: 0 })
  expect(reports).toEqual([{ share: 0, failed: false }])
})
