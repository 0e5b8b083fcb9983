import { Backoff } from './pace.ts'

const WATCH_MS = 5000
/** Twice as long after each time that connecting anew did not help: a line that is only slow would have to begin again. */
const SILENCE_FIRST_MS = 10_000
const SILENCE_MOST_MS = 160_000

export interface WatchdogOptions {
  /** For how long writes have been waiting for an answer, in ms. */
  writesWaitingFor: () => number
  reconnect: () => void
}

/**
 * The SDK waits longer and longer, up to a minute and more, before it connects again to a server that was out of reach, and
 * does not notice a connection that has died. Here it is made to connect when nothing has been heard for too long.
 */
export class Watchdog {
  readonly #options: WatchdogOptions
  readonly #limit = new Backoff(SILENCE_FIRST_MS, SILENCE_MOST_MS)
  #patience = this.#limit.next()
  #isLive = false
  /** Monotonic ms. */
  #heardAt = 0
  #reconnectedAt = -Infinity
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(options: WatchdogOptions) {
    this.#options = options
  }

  start(): void {
    this.heard()
    this.#timer = setInterval(() => this.#look(), WATCH_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Something has come from the server, though this device may not be in step with it yet. */
  heard(): void {
    this.#heardAt = performance.now()
  }

  /** In step with the server: then nothing needs to come. */
  setLive(live: boolean): void {
    this.#isLive = live
    this.heard()
    if (!live) return
    this.#limit.reset()
    this.#patience = this.#limit.next()
  }

  /** A read had no answer though all is in step: the connection may have died for all but what it still remembers. */
  late(): void {
    if (this.#isLive && performance.now() - this.#reconnectedAt > SILENCE_FIRST_MS) this.reconnect()
  }

  /** Connects anew now: the system slept. */
  reconnect(): void {
    this.#reconnectedAt = performance.now()
    this.#options.reconnect()
  }

  #look(): void {
    const now = performance.now()
    const silence = Math.max(this.#isLive ? 0 : now - this.#heardAt, this.#options.writesWaitingFor())
    if (Math.min(silence, now - this.#reconnectedAt) <= this.#patience) return
    this.#patience = this.#limit.next()
    this.reconnect()
  }
}
