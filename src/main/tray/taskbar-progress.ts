import type { Total } from '../media/total-progress.ts'

/** Arguments of Electron's `setProgressBar`. */
export interface ProgressBar {
  /** 0 to 1; -1 removes the bar. */
  value: number
  mode: 'none' | 'normal' | 'error'
}

/** What the taskbar or dock shows of transfers. Only Windows has a bar for a failure; elsewhere a full bar would look like success. */
export function progressBarOf(total: Total, platform: NodeJS.Platform): ProgressBar {
  if (total === null || (total.failed && platform !== 'win32')) return { value: -1, mode: 'none' }
  return { value: total.share, mode: total.failed ? 'error' : 'normal' }
}
