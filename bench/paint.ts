declare global {
  interface Window {
    /** When the awaited element was painted, in ms since the epoch. */
    benchUsableAt?: number
  }
}

/** A row of the chat list. */
export const ROW = '[data-chat-id]'

/** Runs in the page: stores when the first matching element was painted. */
export function notePaint(selector: string): void {
  if (window.benchUsableAt !== undefined) return
  const checkFrame = (): void => {
    requestAnimationFrame(() => {
      if (document.querySelector(selector) === null) {
        checkFrame()
        return
      }
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => {
        window.benchUsableAt ??= performance.timeOrigin + performance.now()
      })
      port1.start()
      port2.postMessage(null)
    })
  }
  checkFrame()
}
