import { isolated } from './display-text.ts'

const UNITS = [
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** How long something takes, for people, in one unit: `12 sec`, `3 min`. Isolated, like a size. */
export function displayDuration(ms: number, locale: string): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  const { unit, seconds: of } = UNITS.find((one) => seconds >= one.seconds) ?? UNITS[2]
  const formatter = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })
  return isolated(formatter.format(Math.ceil(seconds / of)))
}
