/** A second crash within this time is not met with another reload. */
const CALM_MS = 60_000

/** Told of each crash of the renderer (ms, any steady clock): reload it, or show the page that asks the person. */
export function createCrashPolicy(): (now: number) => 'reload' | 'ask' {
  let last = Number.NEGATIVE_INFINITY
  return (now) => {
    const step = now - last < CALM_MS ? 'ask' : 'reload'
    last = now
    return step
  }
}
