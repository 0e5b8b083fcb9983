/** A hidden window paints nothing. It then waits this long, in ms. */
const HIDDEN_WAIT_MS = 500

/** Resolves after the next frame is painted. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    // A frame callback runs before its frame is painted. A timer that it sets runs after.
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, HIDDEN_WAIT_MS)
  })
}
