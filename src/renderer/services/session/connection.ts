import type { NetworkStatus } from '../../platform/network.ts'
import type { AppStore, Connection } from '../../stores/app-store.ts'

/** After this long without an answer the server counts as out of reach, whatever the system says of the network. */
const PATIENCE_MS = 15_000

/** Keeps `connection` in the store: from the system's word on the network and the server's answers. */
export class ConnectionMonitor {
  readonly #store: AppStore
  readonly #network: NetworkStatus
  /** Null: nobody is signed in, so there is nothing to wait for. */
  #live: boolean | null = null
  readonly #unwatch: () => void
  #patience: ReturnType<typeof setTimeout> | undefined
  #lostPatience = false

  constructor(store: AppStore, network: NetworkStatus) {
    this.#store = store
    this.#network = network
    this.#unwatch = network.watch(() => this.#update())
    this.#update()
  }

  /** `live`: the listeners are in step with the server; null: there are none. */
  setLive(live: boolean | null): void {
    if (live === this.#live) return
    this.#live = live
    this.#update()
  }

  stop(): void {
    this.#unwatch()
    clearTimeout(this.#patience)
  }

  #update(): void {
    const waiting = this.#network.isUp() && this.#live === false
    if (!waiting) {
      clearTimeout(this.#patience)
      this.#patience = undefined
      this.#lostPatience = false
    } else if (this.#patience === undefined) {
      this.#patience = setTimeout(() => {
        this.#lostPatience = true
        this.#update()
      }, PATIENCE_MS)
    }
    const connection = this.#connection(waiting)
    if (connection !== this.#store.getState().connection) this.#store.setState({ connection })
  }

  #connection(waiting: boolean): Connection {
    if (!this.#network.isUp()) return 'offline'
    if (!waiting) return 'online'
    return this.#lostPatience ? 'offline' : 'connecting'
  }
}
