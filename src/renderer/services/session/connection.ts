import type { NetworkStatus } from '../../platform/network.ts'
import type { AppStore, Connection } from '../../stores/app-store.ts'

/** After this long without a response the server counts as unreachable, even if the system reports a network. */
const RESPONSE_TIMEOUT_MS = 15_000

/** Keeps `connection` in the store up to date, from the system's network state and the server's responses. */
export class ConnectionMonitor {
  readonly #store: AppStore
  readonly #network: NetworkStatus
  /** Null: nobody is signed in, so no response is expected. */
  #live: boolean | null = null
  #hung = false
  readonly #unwatch: () => void
  #timeout: ReturnType<typeof setTimeout> | undefined
  #timedOut = false

  constructor(store: AppStore, network: NetworkStatus) {
    this.#store = store
    this.#network = network
    this.#unwatch = network.watch(() => this.#update())
    this.#update()
  }

  /** `live`: the listeners are up to date with the server. Null: there are none. */
  setLive(live: boolean | null): void {
    if (live === this.#live) return
    this.#live = live
    this.#update()
  }

  /** `hung`: what the person has written is not accepted for a long time, although the server responds. */
  setHung(hung: boolean): void {
    this.#hung = hung
    this.#update()
  }

  stop(): void {
    this.#unwatch()
    clearTimeout(this.#timeout)
  }

  #update(): void {
    const waiting = this.#network.isUp() && this.#live === false
    if (!waiting) {
      clearTimeout(this.#timeout)
      this.#timeout = undefined
      this.#timedOut = false
    } else if (this.#timeout === undefined) {
      this.#timeout = setTimeout(() => {
        this.#timedOut = true
        this.#update()
      }, RESPONSE_TIMEOUT_MS)
    }
    const connection = this.#connection(waiting)
    if (connection !== this.#store.getState().connection) this.#store.setState({ connection })
  }

  #connection(waiting: boolean): Connection {
    if (!this.#network.isUp()) return 'offline'
    if (!waiting) return this.#hung && this.#live === true ? 'slow' : 'online'
    return this.#timedOut ? 'offline' : 'connecting'
  }
}
