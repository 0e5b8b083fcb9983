import { MAX_ITEMS } from '#shared/collections/collection.ts'
import type { DocumentBatch, Listener } from '../../data/reading.ts'
import { Backoff } from '../pace.ts'
import type { Report } from '../app/report.ts'

/**
 * The server sets a change's time when it receives the request, not when it commits it, so a change can become visible after a
 * later one. Listeners therefore start this long before their cursor, in ms.
 */
export const CURSOR_OVERLAP_MS = 10_000
/**
 * A listener's results stay in the SDK's memory, and after 30 minutes without the server all of them are billed again
 * (https://firebase.google.com/docs/firestore/pricing#listens). A listener is therefore replaced after MAX_SILENCE_MS without the
 * server, or once it holds MAX_HELD documents.
 */
const MAX_SILENCE_MS = 25 * 60_000
const MAX_HELD = 1000

export interface FeedOptions<T> {
  name: string
  /** The cursor to start from, in server ms; 0: from the beginning. */
  since: number
  follow(since: number, listener: Listener<T>): () => void
  /** Stores up to MAX_ITEMS items together with their cursor. The next call waits for it. */
  apply(items: T[], cursor: number): Promise<void>
  onLive?(live: boolean): void
  /** Documents that have left the query, or were pushed out by its limit. */
  onGone?(ids: readonly string[]): void
  report: Report
}

/** Splits rows into parts of at most MAX_ITEMS. */
export function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let start = 0; start < rows.length; start += MAX_ITEMS)
    parts.push(rows.slice(start, start + MAX_ITEMS))
  return parts
}

/** Follows a query until `stop()`. Applies batches in order; after a failure it waits and starts again from the last applied cursor. */
export class Feed<T> {
  readonly #options: FeedOptions<T>
  readonly #backoff = new Backoff()
  #since: number
  /** The cursor when the listener was started (server ms), without the overlap. */
  #startedFrom = 0
  /** The number of documents that the listener has delivered. */
  #held = 0
  #silence: ReturnType<typeof setTimeout> | undefined
  #queue = Promise.resolve()
  #unfollow: (() => void) | undefined
  #restart: ReturnType<typeof setTimeout> | undefined
  /** Distinguishes batches of a stopped listener from those of its successor. */
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

  /** Replaces the listener, starting from what was applied. */
  renew(): void {
    this.stop()
    this.#start()
  }

  #start(overlap = CURSOR_OVERLAP_MS): void {
    const generation = this.#generation
    this.#startedFrom = this.#since
    this.#held = 0
    this.#unfollow = this.#options.follow(Math.max(0, this.#since - overlap), {
      onBatch: (batch) => this.#enqueue(generation, () => this.#apply(batch)),
      onLive: (live) => this.#enqueue(generation, () => this.#setLive(live)),
      onGone: (ids) => this.#enqueue(generation, () => this.#options.onGone?.(ids)),
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
    if (!live) this.#silence = setTimeout(() => this.renew(), MAX_SILENCE_MS)
    this.#options.onLive?.(live)
  }

  /** Splits a large batch; the cursor moves with the last part. */
  async #apply({ items, cursor, full }: DocumentBatch<T>): Promise<void> {
    const reached = Math.max(this.#since, cursor ?? 0)
    const parts = inParts(items)
    const last = parts.pop() ?? []
    for (const part of parts) await this.#options.apply(part, this.#since)
    await this.#options.apply(last, reached)
    this.#since = reached
    this.#backoff.reset()
    this.#held += items.length
    if (full && this.#since > this.#startedFrom) {
      this.stop()
      // The listener has reached the query's limit, so there may be more. Start 1 ms before the cursor, without the overlap:
      // otherwise the same documents could fill the next listener, and the cursor would never move.
      this.#start(1)
      return
    }
    // A new listener first delivers the overlap again. Replace the listener only when the cursor has moved well past the overlap:
    // otherwise the overlap alone could fill the new listener too, and replacing would never end.
    if (this.#held >= MAX_HELD && this.#since - this.#startedFrom > 2 * CURSOR_OVERLAP_MS) this.renew()
  }

  #fail(generation: number, error: unknown): void {
    if (generation !== this.#generation) return
    this.stop()
    this.#options.report(`sync.${this.#options.name}`, error)
    this.#options.onLive?.(false)
    this.#restart = setTimeout(() => this.#start(), this.#backoff.nextAtRandom())
  }
}
