import { describe, expect, it } from 'vitest'
import { aheadText, calendarDay, dayTitle, listTime, momentText } from './display-time.ts'

const now = Date.parse('2026-03-11T14:00:00Z')
const clock = { now, locale: 'en-GB', zone: 'UTC' }
const at = (iso: string): number => Date.parse(iso)

describe('listTime', () => {
  it('becomes less precise with age', () => {
    expect(listTime(at('2026-03-11T09:05:00Z'), clock)).toBe('9:05')
    expect(listTime(at('2026-03-10T23:59:59Z'), clock)).toBe('Yesterday')
    expect(listTime(at('2026-03-05T12:00:00Z'), clock)).toBe('Thu')
    expect(listTime(at('2026-03-04T12:00:00Z'), clock)).toBe('04/03/2026')
  })

  it('uses the time zone and the locale', () => {
    const tokyo = { now: at('2026-03-11T15:30:00Z'), locale: 'ja-JP', zone: 'Asia/Tokyo' }
    expect(listTime(at('2026-03-11T14:30:00Z'), tokyo)).toBe('昨日')
  })

  it('shows a future time as today', () => {
    expect(listTime(now + 120_000, clock)).toBe('14:02')
  })
})

describe('dayTitle', () => {
  it('returns the name or the date of the day', () => {
    expect(dayTitle(now, clock)).toBe('Today')
    expect(dayTitle(at('2026-03-10T01:00:00Z'), clock)).toBe('Yesterday')
    expect(dayTitle(at('2026-03-06T01:00:00Z'), clock)).toBe('Friday')
    expect(dayTitle(at('2026-02-03T01:00:00Z'), clock)).toBe('Tue 3 February')
    expect(dayTitle(at('2025-11-03T01:00:00Z'), clock)).toBe('3 November 2025')
  })

  it('starts a new year at midnight in the time zone', () => {
    const auckland = { now: at('2026-01-20T01:00:00Z'), locale: 'en-GB', zone: 'Pacific/Auckland' }
    expect(dayTitle(at('2025-12-31T12:00:00Z'), auckland)).toBe('Thu 1 January')
  })
})

describe('momentText', () => {
  it('returns a text for use inside a sentence', () => {
    expect(momentText(at('2026-03-11T13:30:00Z'), clock)).toBe('today, 13:30')
    expect(momentText(at('2026-03-10T13:30:00Z'), clock)).toBe('yesterday, 13:30')
    expect(momentText(at('2026-03-08T13:30:00Z'), clock)).toBe('Sun, 13:30')
    expect(momentText(at('2025-03-08T13:30:00Z'), clock)).toBe('8 March 2025')
  })
})

describe('aheadText', () => {
  it('becomes less precise with distance', () => {
    expect(aheadText(at('2026-03-11T22:00:00Z'), clock)).toBe('22:00')
    expect(aheadText(at('2026-03-17T14:00:00Z'), clock)).toBe('Tue, 14:00')
    expect(aheadText(at('2026-03-18T14:00:00Z'), clock)).toBe('Wed 18 March')
  })
})

describe('calendarDay', () => {
  it('handles a day of 23 hours', () => {
    const zone = 'Europe/Berlin'
    const before = calendarDay(at('2026-03-29T00:30:00+01:00'), zone)
    expect(calendarDay(at('2026-03-29T23:30:00+02:00'), zone)).toBe(before)
    expect(calendarDay(at('2026-03-30T00:30:00+02:00'), zone)).toBe(before + 1)
  })
})
