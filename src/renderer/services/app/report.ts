import type { Platform } from '../../platform/bridge.ts'

/** Puts something unexpected into the log file, where main masks it. Never fails. */
export type Report = (event: string, error: unknown) => void

const DETAIL_LIMIT = 4000

export function createReport(platform: Platform): Report {
  return (event, error) => {
    const detail = describe(error).slice(0, DETAIL_LIMIT)
    platform.call('app.log', { level: 'error', event: event.slice(0, 100), detail }).catch(() => {
      // There is nowhere else to say it.
    })
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
