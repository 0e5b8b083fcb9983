import { Backoff } from '../pace.ts'

const WATCH_MS = 5000
/** Doubles after each reconnect that did not help: on a line that is merely slow, every reconnect starts over. */
const MIN_SILENCE_MS = 10_000
const MAX_SILENCE_MS = 160_000

export interface WatchdogOptions {
  /** How long writes have been waiting for a response, in ms. */
  writesWaitingFor: () => number
  reconnect: () => void
}

/**
 * The SDK backs off for up to a minute and more before it reconnects to a server that was out of reach, and it does not notice a
 * dead connection. The watchdog makes it reconnect when nothing has arrived for too long.
 */
export class Watchdog {
  readonly #options: WatchdogOptions
  readonly #limit = new Backoff(MIN_SILENCE_MS, MAX_SILENCE_MS)
  #patience = this.#limit.next()
  #isLive = false
  /** Monotonic ms. */
  #contactAt = 0
  #reconnectedAt = -Infinity
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(options: WatchdogOptions) {
    this.#options = options
  }

  start(): void {
    this.contact()
    this.#timer = setInterval(() => this.#look(), WATCH_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Something arrived from the server, though this device may not be in step with it yet. */
  contact(): void {
    this.#contactAt = performance.now()
  }

  /** True: in step with the server, so silence is normal. */
  setLive(live: boolean): void {
    this.#isLive = live
    this.contact()
    if (!live) return
    this.#limit.reset()
    this.#patience = this.#limit.next()
  }

  /** A read timed out although everything is in step: the connection may be dead without the SDK noticing. */
  timeout(): void {
    if (this.#isLive && performance.now() - this.#reconnectedAt > MIN_SILENCE_MS) this.reconnect()
  }

  /** Reconnects now: the system slept. */
  reconnect(): void {
    this.#reconnectedAt = performance.now()
    this.#options.reconnect()
  }

  #look(): void {
    const now = performance.now()
    const silence = Math.max(this.#isLive ? 0 : now - this.#contactAt, this.#options.writesWaitingFor())
    if (Math.min(silence, now - this.#reconnectedAt) <= this.#patience) return
    this.#patience = this.#limit.next()
    this.reconnect()
  }
}
