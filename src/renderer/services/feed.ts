import type { Batch, Listener } from '../data/reading.ts'
import { Backoff } from './pace.ts'
import type { Report } from './report.ts'

/**
 * A server time is when the server took a request, not when it committed it, so that a change may show up after a later
 * one: listeners start this long before their mark.
 */
export const OVERLAP_MS = 10_000
/** The most that one call to the replica takes. */
export const MOST_ROWS = 1000

export interface FeedOptions<T> {
  name: string
  /** How far it has been read, in server ms; 0: not at all. */
  since: number
  follow(since: number, listener: Listener<T>): () => void
  /** Makes up to MOST_ROWS items durable together with their mark. The next ones wait for it. */
  apply(items: T[], mark: number): Promise<void>
  onLive?(live: boolean): void
  report: Report
}

/** Keeps following a query: what arrives is applied in order, and after a failure it starts again from what was applied. */
export class Feed<T> {
  readonly #options: FeedOptions<T>
  readonly #backoff = new Backoff()
  #since: number
  #queue = Promise.resolve()
  #unfollow: (() => void) | undefined
  #restart: ReturnType<typeof setTimeout> | undefined
  /** Tells the batches of a listener that has failed from those of its successor. */
  #generation = 0

  constructor(options: FeedOptions<T>) {
    this.#options = options
    this.#since = options.since
    this.#start()
  }

  stop(): void {
    this.#generation += 1
    clearTimeout(this.#restart)
    this.#unfollow?.()
  }

  #start(): void {
    const generation = this.#generation
    this.#unfollow = this.#options.follow(Math.max(0, this.#since - OVERLAP_MS), {
      onBatch: (batch) => this.#enqueue(generation, () => this.#apply(batch)),
      onLive: (live) => this.#enqueue(generation, () => this.#options.onLive?.(live)),
      onError: (error) => this.#fail(generation, error),
    })
  }

  #enqueue(generation: number, task: () => Promise<void> | undefined | void): void {
    this.#queue = this.#queue.then(async () => {
      if (generation !== this.#generation) return
      try {
        await task()
      } catch (error) {
        this.#fail(generation, error)
      }
    })
  }

  /** A large batch is cut; the mark moves with its last part. */
  async #apply({ items, mark }: Batch<T>): Promise<void> {
    const reached = Math.max(this.#since, mark ?? 0)
    for (let start = 0; start < items.length || start === 0; start += MOST_ROWS) {
      const isLast = start + MOST_ROWS >= items.length
      await this.#options.apply(items.slice(start, start + MOST_ROWS), isLast ? reached : this.#since)
    }
    this.#since = reached
    this.#backoff.reset()
  }

  #fail(generation: number, error: unknown): void {
    if (generation !== this.#generation) return
    this.stop()
    this.#options.report(`sync.${this.#options.name}`, error)
    this.#options.onLive?.(false)
    this.#restart = setTimeout(() => this.#start(), this.#backoff.next())
  }
}
