/* For pages that are measured. Times are ms since the epoch by the machine's one clock, so that those of two pages compare. */

export function now(): number {
  return performance.timeOrigin + performance.now()
}

export function timeOf(event: Event): number {
  return performance.timeOrigin + event.timeStamp
}

/** When what the document holds now has been painted: the next frame's rendering has ended. */
export function painted(): Promise<number> {
  return new Promise((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => done(now()), { once: true })
      port1.start()
      port2.postMessage(null)
    })
  })
}

/** Resolves with what `look` answers, once that is not undefined; looks at every change of the document. */
export function whenFound<T>(look: () => T | undefined): Promise<T> {
  return new Promise((done) => {
    const found = look()
    if (found !== undefined) {
      done(found)
      return
    }
    const observer = new MutationObserver(() => {
      const result = look()
      if (result === undefined) return
      observer.disconnect()
      done(result)
    })
    observer.observe(document, { childList: true, subtree: true })
  })
}

/** The last event of this kind that the page has received, whoever took it. */
export function lastEvent(type: 'keydown' | 'click'): () => number {
  let at = Number.NaN
  window.addEventListener(type, (event) => (at = timeOf(event)), { capture: true })
  return () => at
}

/** Notes when each numbered message (`#12#` in its text) is painted as an article of the log. */
export class Bubbles {
  readonly #painted = new Map<number, Promise<number>>()

  constructor() {
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) this.#take(node)
    })
    observer.observe(document, { childList: true, subtree: true })
  }

  /** When the message was painted; waits for it. */
  async painted(number: number): Promise<number> {
    return await whenFound(() => this.#painted.get(number))
  }

  #take(node: Node): void {
    if (!(node instanceof Element) || node.closest('[role="log"]') === null) return
    for (const article of [node, ...node.querySelectorAll('article')]) {
      const number = Number(/#(\d+)#/u.exec(article.textContent)?.[1])
      if (!Number.isNaN(number) && !this.#painted.has(number)) this.#painted.set(number, painted())
    }
  }
}
