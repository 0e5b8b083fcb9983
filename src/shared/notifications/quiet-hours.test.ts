import { describe, expect, it } from 'vitest'
import { quietUntil, type QuietHours } from './quiet-hours.ts'

/** A time in the week that begins on Sunday, 1 March 2026, by the local clock. */
const at = (day: number, hour: number, minute = 0): number =>
  new Date(2026, 2, 1 + day, hour, minute).getTime()

const night: QuietHours = {
  enabled: true,
  from: 22 * 60,
  to: 7 * 60,
  days: [0, 1, 2, 3, 4, 5, 6],
  exceptMentions: false,
  exceptPinned: false,
}

describe('quietUntil', () => {
  it('returns the end of a night, before and after midnight', () => {
    expect(quietUntil(night, at(1, 21, 59))).toBeNull()
    expect(quietUntil(night, at(1, 22))).toBe(at(2, 7))
    expect(quietUntil(night, at(2, 6, 59))).toBe(at(2, 7))
    expect(quietUntil(night, at(2, 7))).toBeNull()
  })

  it('belongs to the day on which it begins', () => {
    const fridays = { ...night, days: [5] }
    expect(quietUntil(fridays, at(5, 3))).toBeNull()
    expect(quietUntil(fridays, at(5, 23))).toBe(at(6, 7))
    expect(quietUntil(fridays, at(6, 3))).toBe(at(6, 7))
    expect(quietUntil(fridays, at(6, 23))).toBeNull()
  })

  it('can lie within a day, and last a whole one', () => {
    const noon = { ...night, from: 12 * 60, to: 13 * 60 }
    expect(quietUntil(noon, at(3, 12, 30))).toBe(at(3, 13))
    expect(quietUntil(noon, at(3, 13))).toBeNull()
    const sunday = { ...night, from: 0, to: 0, days: [0] }
    expect(quietUntil(sunday, at(0, 0))).toBe(at(1, 0))
    expect(quietUntil(sunday, at(0, 23, 59))).toBe(at(1, 0))
    expect(quietUntil(sunday, at(1, 0))).toBeNull()
  })

  it('is never while it is switched off or has no day', () => {
    expect(quietUntil({ ...night, enabled: false }, at(1, 23))).toBeNull()
    expect(quietUntil({ ...night, days: [] }, at(1, 23))).toBeNull()
  })
})
