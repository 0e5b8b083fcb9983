/** The renderer is not reloaded if it crashes again within this time. */
const REPEATED_CRASH_MS = 60_000

/**
 * Call the returned function for each crash of the renderer, with the time in ms of any monotonic clock. It returns whether to
 * reload the renderer or to show the crash page, which asks the person.
 */
export function createCrashPolicy(): (now: number) => 'reload' | 'ask' {
  let last = Number.NEGATIVE_INFINITY
  return (now) => {
    const step = now - last < REPEATED_CRASH_MS ? 'ask' : 'reload'
    last = now
    return step
  }
}
