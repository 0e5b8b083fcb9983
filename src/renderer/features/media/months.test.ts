import { expect, it } from 'vitest'
import { ada, message, queued } from '#shared/domain/test-data.ts'
import { byMonth } from './months.ts'

const at = (n: number, year: number, month: number) =>
  message(n, ada, { sentAt: new Date(year, month - 1, 15).getTime() })
const options = { now: new Date(2026, 10, 20).getTime(), clockOffset: 0, locale: 'en' }

it('groups by month and year, newest first', () => {
  const months = byMonth([at(5, 2026, 11), at(4, 2026, 11), at(3, 2026, 9), at(2, 2025, 9)], options)
  expect(months.map(({ title, messages }) => [title, messages.map(({ seq }) => seq)])).toEqual([
    ['November 2026', [5, 4]],
    ['September 2026', [3]],
    ['September 2025', [2]],
  ])
})

it('puts what has no time yet into this month', () => {
  const months = byMonth([message(6, ada, queued), at(5, 2026, 11)], options)
  expect(months.map(({ key }) => key)).toEqual(['2026-11'])
})

it('uses the local clock', () => {
  const start = message(1, ada, { sentAt: new Date(2026, 10, 1).getTime() + 1000 })
  expect(byMonth([start], { ...options, clockOffset: 2000 })[0]?.key).toBe('2026-10')
})
