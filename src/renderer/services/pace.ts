/* Backoff and limited concurrency. */

/** Waiting times that double from `first` up to `max`, in ms. Call `reset` after a success. */
export class Backoff {
  readonly #first: number
  readonly #max: number
  #wait: number

  constructor(first = 1000, max = 60_000) {
    this.#first = first
    this.#max = max
    this.#wait = first
  }

  next(): number {
    const wait = this.#wait
    this.#wait = Math.min(wait * 2, this.#max)
    return wait
  }

  /** Like `next`, up to a half shorter at random: clients that failed at the same time must not all retry at the same time. */
  nextAtRandom(): number {
    return this.next() * (1 - Math.random() / 2)
  }

  reset(): void {
    this.#wait = this.#first
  }
}

/** Runs at most `limit` tasks at a time, in the order in which they came. */
export class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(limit: number) {
    this.#free = limit
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}

/** Runs tasks by key, at most `limit` at a time, in the order in which they were added. A waiting key is not added again. */
export class TaskPool<K> {
  readonly #limit: number
  readonly #run: (key: K) => Promise<void>
  readonly #waiting = new Set<K>()
  readonly #running = new Set<K>()
  #idle: (() => void)[] = []

  /** `run` must not reject. */
  constructor(limit: number, run: (key: K) => Promise<void>) {
    this.#limit = limit
    this.#run = run
  }

  add(key: K): void {
    this.#waiting.add(key)
    this.#fill()
  }

  /** Resolves when nothing waits or runs. */
  idle(): Promise<void> {
    if (this.#waiting.size === 0 && this.#running.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  clear(): void {
    this.#waiting.clear()
  }

  #fill(): void {
    for (const key of this.#waiting) {
      if (this.#running.size >= this.#limit) return
      // Added again while it runs: the key waits, so that it never runs twice at the same time.
      if (this.#running.has(key)) continue
      this.#waiting.delete(key)
      this.#running.add(key)
      void this.#run(key).finally(() => this.#ended(key))
    }
  }

  #ended(key: K): void {
    this.#running.delete(key)
    this.#fill()
    if (this.#waiting.size > 0 || this.#running.size > 0) return
    const idle = this.#idle
    this.#idle = []
    for (const resolve of idle) resolve()
  }
}
