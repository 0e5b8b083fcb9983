import type { Phone, UserId } from '#shared/domain/ids.ts'
import { withTimeout } from '../../data/wire-error.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { ReplicaMirror } from '../replica/replica-mirror.ts'
import type { LiveSession } from './live-session.ts'

/** Returns the session of the signed-in person, undefined when nobody is signed in. */
export type CurrentAccount = () => AccountSession | undefined

export interface Account {
  me: UserId
  phone: Phone
  replica: AccountBridge
}

/**
 * The open replica of one person. It is shown as soon as it is read. Its live session follows when Firebase is loaded and has
 * confirmed that the person is signed in.
 */
export class AccountSession implements Account {
  readonly me: UserId
  readonly phone: Phone
  readonly replica: AccountBridge
  readonly mirror: ReplicaMirror
  readonly #waiting = new Set<(live: LiveSession) => void>()
  #live: LiveSession | undefined

  constructor({ me, phone, replica }: Account, store: AppStore) {
    this.me = me
    this.phone = phone
    this.replica = replica
    this.mirror = new ReplicaMirror(replica, store)
  }

  get live(): LiveSession | undefined {
    return this.#live
  }

  goLive(live: LiveSession): void {
    this.#live = live
    for (const listener of this.#waiting) listener(live)
    this.#waiting.clear()
  }

  /** Calls the listener once, as soon as there is a live session. Returns a function to unsubscribe. */
  onLive(listener: (live: LiveSession) => void): () => void {
    if (this.#live === undefined) this.#waiting.add(listener)
    else listener(this.#live)
    return () => this.#waiting.delete(listener)
  }

  /** Starts something as soon as there is a live session. Returns a function that stops it, or keeps it from starting. */
  whileLive(start: (live: LiveSession) => () => void): () => void {
    let stop: (() => void) | undefined
    const cancel = this.onLive((live) => {
      stop = start(live)
    })
    return () => {
      cancel()
      stop?.()
    }
  }

  /** Resolves as soon as there is a live session. Rejects with the WireError `offline` when that takes too long. */
  whenLive(): Promise<LiveSession> {
    return withTimeout(new Promise((resolve) => this.onLive(resolve)))
  }

  async end(): Promise<void> {
    this.mirror.stop()
    this.#waiting.clear()
    await this.#live?.stop()
  }
}
