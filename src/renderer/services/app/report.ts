import type { Platform } from '../../platform/bridge.ts'

/** Sends an unexpected error to main, which masks it and writes it to the log file. Never throws. */
export type Report = (event: string, error: unknown) => void

const MAX_DETAIL = 4000

export function createReport(platform: Platform): Report {
  return (event, error) => {
    const detail = describe(error).slice(0, MAX_DETAIL)
    platform.call('app.log', { level: 'error', event: event.slice(0, 100), detail }).catch(() => {
      // There is no other place to report it.
    })
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
