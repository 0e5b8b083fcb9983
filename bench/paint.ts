declare global {
  interface Window {
    /** When the first element that matches each selector was painted, in ms since the epoch. */
    benchPaintedAt?: Record<string, number>
  }
}

/** A row of the chat list: of the snapshot, or of the app. */
export const ROW = '[data-chat-id]'
/** A row that the app has rendered. */
export const APP_ROW = `#root ${ROW}`

/** Runs in the page: stores when the first element that matches each selector was painted. */
export function notePaint(selectors: readonly string[]): void {
  if (window.benchPaintedAt !== undefined) return
  const paintedAt: Record<string, number> = {}
  window.benchPaintedAt = paintedAt
  const checkFrame = (): void => {
    requestAnimationFrame(() => {
      const missing = selectors.filter((selector) => !(selector in paintedAt))
      const found = missing.filter((selector) => document.querySelector(selector) !== null)
      if (found.length < missing.length) checkFrame()
      if (found.length === 0) return
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => {
        for (const selector of found) paintedAt[selector] ??= performance.timeOrigin + performance.now()
      })
      port1.start()
      port2.postMessage(null)
    })
  }
  checkFrame()
}
