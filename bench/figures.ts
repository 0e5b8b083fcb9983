/** One measured number. `budget` is its upper limit; null means for information only. */
export interface Figure {
  name: string
  value: number
  unit: 'ms' | '×' | 'kB' | 'MB' | 'per message' | 'messages'
  budget: number | null
  /** The measurements behind the value. */
  detail?: string
}

/** Whether the budget is met; undefined without a budget. NaN (not measured) misses every budget. */
export function isMet({ value, budget }: Figure): boolean | undefined {
  return budget === null ? undefined : value <= budget
}

/** Returns a percentile: at least the fraction `share` (0 to 1) of the values is at or below the result. NaN for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

export function ms(value: number): string {
  return `${format(value)} ms`
}

/** In ms. */
const LONG_FRAME = 50

interface Scrolling {
  /** Times between frames, in ms. */
  frames: readonly number[]
  /** The times of as many frames in which the page does nothing. */
  idle: readonly number[]
  /** Number of rows that were shown. */
  rows: number
}

/** How smooth a scroll is. */
export function scrollFigure(what: string, { frames, idle, rows }: Scrolling): Figure {
  const longOnes = (times: readonly number[]): string =>
    `longest ${ms(Math.max(...times))}, ${String(times.filter((time) => time > LONG_FRAME).length)} longer than ${ms(LONG_FRAME)}`
  return {
    name: `scroll ${what}, longest frame`,
    value: Math.max(...frames),
    unit: 'ms',
    budget: LONG_FRAME,
    detail: `${String(rows)} rows in ${String(frames.length)} frames; p95 ${ms(percentile(frames, 0.95))}, ${longOnes(frames)}; as many frames of an idle page: ${longOnes(idle)}`,
  }
}

/** Returns the figure and its budget on one line. */
export function toLine(figure: Figure): string {
  const { name, value, unit, budget, detail } = figure
  const met = isMet(figure)
  const mark = met === undefined ? ' ' : met ? '✔' : '✖'
  const limit = budget === null ? '' : `≤ ${format(budget)} ${unit}  ${met === true ? 'met' : 'MISSED'}`
  const line = `${mark} ${name.padEnd(58)} ${`${format(value)} ${unit}`.padStart(14)}   ${limit.padEnd(24)}`
  return `${line} ${detail ?? ''}`.trimEnd()
}

function format(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0)
}
