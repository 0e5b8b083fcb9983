import { isolated } from './display-text.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const STEP = 1000

const formatters = new Map<string, Intl.NumberFormat>()

/** A number of bytes for people: `820 kB`, `4.2 MB`. Isolated, so that it keeps this order in a text of the other direction. */
export function displaySize(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / Math.log10(STEP)))
  const value = bytes / STEP ** power
  // 999,960 bytes are 1.0 MB, not 1,000 kB.
  const isRoundedUp = power > 0 && power < UNITS.length - 1 && Math.round(value) >= STEP
  const [unit, shown] = isRoundedUp ? [UNITS[power + 1], value / STEP] : [UNITS[power], value]
  return isolated(format(unit ?? 'byte', shown, locale))
}

function format(unit: string, value: number, locale: string): string {
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
  return formatter.format(value)
}
