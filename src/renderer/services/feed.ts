import type { Batch, Listener } from '../data/reading.ts'
import { Backoff } from './pace.ts'
import type { Report } from './report.ts'

/**
 * A server time is when the server took a request, not when it committed it, so that a change may show up after a later
 * one: listeners start this long before their mark.
 */
export const OVERLAP_MS = 10_000
/** The most that one call to the replica takes. */
const MOST_ROWS = 1000
/**
 * What a listener has brought stays in the SDK's memory, and after 30 minutes without the server all of it is billed again
 * (https://firebase.google.com/docs/firestore/pricing#listens): by then, or when it holds that much, a new one takes its place.
 */
const LONGEST_SILENCE_MS = 25 * 60_000
const MOST_HELD = 1000

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

/** Cuts rows to what one call to the replica takes. */
export function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let start = 0; start < rows.length; start += MOST_ROWS)
    parts.push(rows.slice(start, start + MOST_ROWS))
  return parts
}

/** Keeps following a query: what arrives is applied in order, and after a failure it starts again from what was applied. */
export class Feed<T> {
  readonly #options: FeedOptions<T>
  readonly #backoff = new Backoff()
  #since: number
  /** Where the listener began, and how much it has brought. */
  #startedFrom = 0
  #held = 0
  #silence: ReturnType<typeof setTimeout> | undefined
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
    clearTimeout(this.#silence)
    this.#unfollow?.()
  }

  /** Listens anew, from what was applied. */
  renew(): void {
    this.stop()
    this.#start()
  }

  #start(): void {
    const generation = this.#generation
    this.#startedFrom = this.#since
    this.#held = 0
    this.#unfollow = this.#options.follow(Math.max(0, this.#since - OVERLAP_MS), {
      onBatch: (batch) => this.#enqueue(generation, () => this.#apply(batch)),
      onLive: (live) => this.#enqueue(generation, () => this.#setLive(live)),
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

  #setLive(live: boolean): void {
    clearTimeout(this.#silence)
    if (!live) this.#silence = setTimeout(() => this.renew(), LONGEST_SILENCE_MS)
    this.#options.onLive?.(live)
  }

  /** A large batch is cut; the mark moves with its last part. */
  async #apply({ items, mark }: Batch<T>): Promise<void> {
    const reached = Math.max(this.#since, mark ?? 0)
    const parts = inParts(items)
    const last = parts.pop() ?? []
    for (const part of parts) await this.#options.apply(part, this.#since)
    await this.#options.apply(last, reached)
    this.#since = reached
    this.#backoff.reset()
    this.#held += items.length
    // A new listener brings what lies within the overlap once more: that alone is no reason for another one.
    if (this.#held >= MOST_HELD && this.#since - this.#startedFrom > 2 * OVERLAP_MS) this.renew()
  }

  #fail(generation: number, error: unknown): void {
    if (generation !== this.#generation) return
    this.stop()
    this.#options.report(`sync.${this.#options.name}`, error)
    this.#options.onLive?.(false)
    this.#restart = setTimeout(() => this.#start(), this.#backoff.next())
  }
}
