/** Shortest time between two reports, in ms. */
const INTERVAL_MS = 200

export type ReportProgress = (done: number, size: number) => void

/** Passes on at most five reports a second. The report that everything is done is always passed on. */
export function createProgress(report: ReportProgress, now: () => number = Date.now): ReportProgress {
  let last = -Infinity
  return (done, size) => {
    if (done < size && now() - last < INTERVAL_MS) return
    last = now()
    report(done, size)
  }
}
