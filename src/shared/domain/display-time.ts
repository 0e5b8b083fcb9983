/*
 * Formats times for people, with Intl only. All times are ms since the epoch. `zone` is for tests; the default is the
 * machine's time zone.
 */

export interface Clock {
  now: number
  locale: string
  zone?: string | undefined
}

const DAY_MS = 86_400_000

const formats = {
  clock: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'short' },
  weekdayLong: { weekday: 'long' },
  date: { dateStyle: 'short' },
  dayMonth: { weekday: 'short', day: 'numeric', month: 'long' },
  year: { year: 'numeric' },
  dateLong: { day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Cached, because creating a formatter takes longer than rendering the row that shows its result.
const formatters = new Map<string, Intl.DateTimeFormat>()

function format(name: keyof typeof formats, at: number, { locale, zone }: Clock): string {
  const key = `${name} ${locale} ${zone ?? ''}`
  let formatter = formatters.get(key)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(locale, { ...formats[name], timeZone: zone })
    formatters.set(key, formatter)
  }
  return formatter.format(at)
}

const calendarDays = new Map<string, Intl.DateTimeFormat>()

/** Returns the number of the calendar day of a time. Two times are on the same day if their numbers are equal. */
export function calendarDay(at: number, zone?: string): number {
  let formatter = calendarDays.get(zone ?? '')
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    calendarDays.set(zone ?? '', formatter)
  }
  return Math.round(Date.parse(formatter.format(at)) / DAY_MS)
}

/** Returns how many calendar days ago a time was. Negative for a time in the future. */
function daysAgo(at: number, clock: Clock): number {
  return calendarDay(clock.now, clock.zone) - calendarDay(at, clock.zone)
}

const relativeDays = new Map<string, Intl.RelativeTimeFormat>()

function relativeDay(days: 0 | 1, locale: string): string {
  let formatter = relativeDays.get(locale)
  if (formatter === undefined) {
    formatter = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    relativeDays.set(locale, formatter)
  }
  return formatter.format(-days, 'day')
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** `14:02` */
export function clockTime(at: number, clock: Clock): string {
  return format('clock', at, clock)
}

/** A length of time in ms: `0:07`, `12:40`, `1:02:05`. */
export function clockDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours = 0, ...rest] = parts
  const shown = hours === 0 ? rest : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** For a row of a list: `14:02`, `Yesterday`, `Mon`, `03/11/2026`. */
export function listTime(at: number, clock: Clock): string {
  const days = daysAgo(at, clock)
  if (days <= 0) return clockTime(at, clock)
  if (days === 1) return capitalised(relativeDay(1, clock.locale), clock.locale)
  return format(days < 7 ? 'weekday' : 'date', at, clock)
}

/** For the separator between two days: `Today`, `Yesterday`, `Monday`, `Tue, 3 November`, `3 November 2025`. */
export function dayTitle(at: number, clock: Clock): string {
  const days = daysAgo(at, clock)
  if (days === 0 || days === 1) return capitalised(relativeDay(days, clock.locale), clock.locale)
  if (days > 1 && days < 7) return format('weekdayLong', at, clock)
  const sameYear = format('year', at, clock) === format('year', clock.now, clock)
  return format(sameYear ? 'dayMonth' : 'dateLong', at, clock)
}

/** For use inside a sentence: `today, 14:02`, `yesterday, 14:02`, `Mon, 14:02`, `3 November 2026`. */
export function momentText(at: number, clock: Clock): string {
  const days = Math.max(0, daysAgo(at, clock))
  if (days >= 7) return format('dateLong', at, clock)
  const day = days === 0 || days === 1 ? relativeDay(days, clock.locale) : format('weekday', at, clock)
  return `${day}, ${clockTime(at, clock)}`
}

/** A time ahead: `14:02` within a day, `Fri, 14:02` within six days, else `Fri 3 November`. */
export function aheadText(at: number, clock: Clock): string {
  if (at - clock.now < DAY_MS) return clockTime(at, clock)
  if (-daysAgo(at, clock) > 6) return format('dayMonth', at, clock)
  return `${format('weekday', at, clock)}, ${clockTime(at, clock)}`
}
