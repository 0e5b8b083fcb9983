/** Progress of all transfers that the person waits for, from 0 to 1. `failed`: all have ended, and one failed. Null: none runs. */
export type Total = { share: number; failed: boolean } | null

interface Moving {
  /** Bytes. */
  done: number
  size: number
}

/**
 * Adds up the progress of transfers. What has ended counts as done until the last one ends, so that the total never goes back when
 * one of several ends.
 */
export class TotalProgress {
  readonly #report: (total: Total) => void
  readonly #running = new Map<string, Moving>()
  #ended = 0
  #hasFailed = false

  constructor(report: (total: Total) => void) {
    this.#report = report
  }

  /** Begins or moves a transfer. */
  update(key: string, moving: Moving): void {
    this.#running.set(key, moving)
    this.#report({ share: this.#share(), failed: false })
  }

  end(key: string, failed: boolean): void {
    const ended = this.#running.get(key)
    if (ended === undefined) return
    this.#running.delete(key)
    this.#ended += ended.size
    this.#hasFailed ||= failed
    if (this.#running.size > 0) {
      this.#report({ share: this.#share(), failed: false })
      return
    }
    this.#report(this.#hasFailed ? { share: 1, failed: true } : null)
    this.#ended = 0
    this.#hasFailed = false
  }

  #share(): number {
    let done = this.#ended
    let size = this.#ended
    for (const moving of this.#running.values()) {
      done += moving.done
      size += moving.size
    }
    return size === 0 ? 0 : done / size
  }
}
