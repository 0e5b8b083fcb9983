/* Helpers for measured pages. Times are ms since the epoch, so that the times of two pages are comparable. */

export function now(): number {
  return performance.timeOrigin + performance.now()
}

export function timeOf(event: Event): number {
  return performance.timeOrigin + event.timeStamp
}

/** Resolves with the time when the current document has been painted, i.e. the next frame has been rendered. */
export function painted(): Promise<number> {
  return new Promise((done) => {
    requestAnimationFrame(() => {
      // Runs first after the frame. A task of normal priority waits for those before it, such as an event from main.
      void scheduler.postTask(() => done(now()), { priority: 'user-blocking' })
    })
  })
}

/** Resolves with the first result of `find` that is not undefined. Calls it at every change of the document. */
export function whenFound<T>(find: () => T | undefined): Promise<T> {
  return new Promise((done) => {
    const found = find()
    if (found !== undefined) {
      done(found)
      return
    }
    const observer = new MutationObserver(() => {
      const result = find()
      if (result === undefined) return
      observer.disconnect()
      done(result)
    })
    observer.observe(document, { childList: true, subtree: true })
  })
}

/**
 * Returns a function that returns the time of the page's last event of this type, even if its propagation was stopped. Sets a mark of
 * this name at each of them.
 */
export function lastEvent(type: 'keydown' | 'click'): () => number {
  let at = Number.NaN
  const onEvent = (event: Event): void => {
    at = timeOf(event)
    performance.mark(type)
  }
  window.addEventListener(type, onEvent, { capture: true })
  return () => at
}

/** The name of the mark that is set when a numbered message has been painted. */
export const PAINTED = 'painted'

/** Records when each numbered message (`#12#` in its text) is painted as an article of the log. */
export class Bubbles {
  readonly #painted = new Map<number, Promise<number>>()

  constructor() {
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) this.#record(node)
    })
    observer.observe(document, { childList: true, subtree: true })
  }

  /** Resolves with the time when the message was painted. */
  async painted(number: number): Promise<number> {
    return await whenFound(() => this.#painted.get(number))
  }

  async #marked(): Promise<number> {
    const at = await painted()
    performance.mark(PAINTED)
    return at
  }

  #record(node: Node): void {
    if (!(node instanceof Element) || node.closest('[role="log"]') === null) return
    for (const article of [node, ...node.querySelectorAll('article')]) {
      const number = Number(/#(\d+)#/u.exec(article.textContent)?.[1])
      if (!Number.isNaN(number) && !this.#painted.has(number)) this.#painted.set(number, this.#marked())
    }
  }
}
