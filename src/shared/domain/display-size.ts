import { isolated } from './display-text.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const STEP = 1000

/** The parts of a formatted size that belong to its number. */
const NUMBER_PARTS: ReadonlySet<string> = new Set(['integer', 'group', 'decimal', 'fraction'])

const formatters = new Map<string, Intl.NumberFormat>()

/** A number of bytes for people: `820 kB`, `4.2 MB`. Isolated, so that it keeps this order in a text of the other direction. */
export function displaySize(bytes: number, locale: string): string {
  const power = powerOf(bytes)
  return isolated(formatterOf(power, locale).format(bytes / STEP ** power))
}

/** How much of a file is done, as a number in the unit of its size: `4.2` of 18 MB. Isolated like the size. */
export function displayPart(done: number, size: number, locale: string): string {
  const power = powerOf(size)
  // Never more than the size.
  const parts = formatterOf(power, locale).formatToParts(Math.min(done, size) / STEP ** power)
  const number = parts.filter(({ type }) => NUMBER_PARTS.has(type)).map(({ value }) => value)
  return isolated(number.join(''))
}

/** The largest unit that leaves at least one. 999,960 bytes are 1.0 MB, not 1,000 kB. */
function powerOf(bytes: number): number {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / Math.log10(STEP)))
  const isRoundedUp = power > 0 && power < UNITS.length - 1 && Math.round(bytes / STEP ** power) >= STEP
  return isRoundedUp ? power + 1 : power
}

function formatterOf(power: number, locale: string): Intl.NumberFormat {
  const unit = UNITS[power] ?? 'byte'
  const key = `${unit} ${locale}`
  let formatter = formatters.get(key)
  if (formatter === undefined) {
    const digits = unit === 'byte' || unit === 'kilobyte' ? 0 : 1
    formatter = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: digits,
    })
    formatters.set(key, formatter)
  }
  return formatter
}
