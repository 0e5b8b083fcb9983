import { Backoff } from '../pace.ts'

const WATCH_MS = 5000
/** Reconnect after this much silence. Doubles each time: on a slow connection, each reconnect loses what was loading. */
const MIN_SILENCE_MS = 10_000
const MAX_SILENCE_MS = 160_000
/** A write that waits longer than this is shown to the person. */
const MAX_WAIT_MS = 10_000

export interface WatchdogOptions {
  /** How long writes have been waiting for a response, in ms. */
  writesWaitingFor: () => number
  /** Writes have been waiting for longer than MAX_WAIT_MS, or no longer do. */
  onHung: (isHung: boolean) => void
  reconnect: () => void
}

/**
 * The SDK backs off for up to a minute and more before it reconnects to a server that was out of reach, and it does not notice a
 * dead connection. The watchdog makes it reconnect when nothing has arrived for too long.
 */
export class Watchdog {
  readonly #options: WatchdogOptions
  readonly #backoff = new Backoff(MIN_SILENCE_MS, MAX_SILENCE_MS)
  #maxSilence = this.#backoff.next()
  #isLive = false
  #isHung = false
  /** Monotonic ms. */
  #contactAt = 0
  #reconnectedAt = -Infinity
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(options: WatchdogOptions) {
    this.#options = options
  }

  start(): void {
    this.contact()
    this.#timer = setInterval(() => this.#check(), WATCH_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Call it when anything arrives from the server, even if the listeners are not up to date yet. */
  contact(): void {
    this.#contactAt = performance.now()
  }

  /** True: the listeners are up to date, so silence is normal. */
  setLive(live: boolean): void {
    this.#isLive = live
    this.contact()
    // Reconnecting makes the listeners live again. While the server refuses writes, that must not shorten the wait.
    if (live && !this.#isHung) this.#startAgain()
  }

  /** Call it when a read timed out. If the listeners seem up to date, the connection may be dead without the SDK noticing. */
  timeout(): void {
    if (this.#isLive && performance.now() - this.#reconnectedAt > MIN_SILENCE_MS) this.reconnect()
  }

  /** Reconnects now. Call it when the system has slept. */
  reconnect(): void {
    this.#reconnectedAt = performance.now()
    this.#options.reconnect()
  }

  #check(): void {
    const now = performance.now()
    const waitingFor = this.#options.writesWaitingFor()
    this.#setHung(waitingFor > MAX_WAIT_MS)
    const silence = Math.max(this.#isLive ? 0 : now - this.#contactAt, waitingFor)
    if (Math.min(silence, now - this.#reconnectedAt) <= this.#maxSilence) return
    this.#maxSilence = this.#backoff.next()
    this.reconnect()
  }

  #setHung(isHung: boolean): void {
    if (isHung === this.#isHung) return
    this.#isHung = isHung
    if (!isHung && this.#isLive) this.#startAgain()
    this.#options.onHung(isHung)
  }

  #startAgain(): void {
    this.#backoff.reset()
    this.#maxSilence = this.#backoff.next()
  }
}
