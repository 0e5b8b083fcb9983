import type { PowerState } from '#shared/bridge/app.ts'
import { HEARTBEAT_MS, type Presence } from '#shared/domain/presence.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Privacy } from '#shared/domain/account.ts'
import type { PresenceRepository } from '../../data/presence-repository.ts'
import { toWireError } from '../../data/wire-error.ts'
import type { Platform } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'

/** Someone's presence that may not be seen is asked for again after this: they may have changed their mind. */
const DENIED_RETRY_MS = 5 * 60_000
/** What failed for another reason is tried again after this. */
const FAILED_RETRY_MS = 5000
/** Coming back to the window is said at once, unless something was said just now. */
const FOCUS_QUIET_MS = 30_000

export interface PresenceOptions {
  platform: Platform
  store: AppStore
  repository: PresenceRepository
  report: Report
  /** The system has woken up: connections may be dead. */
  onWake: () => void
  /** The rules refused what was said: the person may have chosen to hide on another device. */
  onRefused: () => void
}

/** Says whether this person is there, and follows others. */
export class PresenceService {
  readonly #options: PresenceOptions
  readonly #watched = new Map<UserId, { count: number; stop: () => void }>()
  readonly #stops: (() => void)[] = []
  /** What the wire says of who may know; until it is heard, nothing is said. */
  #privacy: Privacy | undefined
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  /** What the wire was told last; `hidden`: nothing is to be seen. */
  #told: Presence['state'] | 'hidden' | undefined
  #toldAt = -Infinity
  /** Settles when the wire has taken it. */
  #telling: Promise<void> = Promise.resolve()

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  start(): void {
    const { platform, store } = this.#options
    this.#stops.push(
      platform.on('window.focus', ({ focused }) => {
        if (focused && this.#toldAt < Date.now() - FOCUS_QUIET_MS) this.#tell(true)
      }),
      store.subscribe((state, before) => {
        if (state.power !== before.power) this.#powerChanged(before.power)
        if (state.connection === 'online' && before.connection !== 'online') this.#tell(true)
      }),
    )
    this.#heartbeat = setInterval(() => this.#tell(true), HEARTBEAT_MS)
    this.#tell(true)
  }

  /** What the person has chosen, on whichever device, as the wire has it: the rules refuse what goes against it. */
  setPrivacy(privacy: Privacy): void {
    const isNews = privacy.lastSeen !== this.#privacy?.lastSeen
    this.#privacy = privacy
    // What was refused under the same choice is not said again before its time.
    if (isNews) this.#tell(false)
  }

  /** Writes the state again. The server then re-evaluates its rules for all listeners, and a blocked person loses access. */
  repeat(): void {
    this.#tell(true)
  }

  /** Says that this person has gone; settles when it was said. The caller waits no longer than it wants. */
  async goodbye(): Promise<void> {
    if (this.#told === 'online' || this.#told === 'away') {
      this.#told = 'offline'
      this.#telling = this.#options.repository.write('offline')
    }
    // The system's word that the app quits may have said it already.
    if (this.#told === 'offline') await this.#telling
  }

  /** Says goodbye, and nothing after. */
  async stop(): Promise<void> {
    clearInterval(this.#heartbeat)
    clearTimeout(this.#retry)
    for (const stop of this.#stops.splice(0)) stop()
    for (const { stop } of this.#watched.values()) stop()
    this.#watched.clear()
    await this.goodbye()
  }

  /** Keeps someone's presence in the store until the returned function is called. */
  watch(userId: UserId): () => void {
    const watched = this.#watched.get(userId)
    if (watched === undefined) this.#watched.set(userId, { count: 1, stop: this.#follow(userId) })
    else watched.count += 1
    let ended = false
    return () => {
      if (ended) return
      ended = true
      this.#unwatch(userId)
    }
  }

  #unwatch(userId: UserId): void {
    const watched = this.#watched.get(userId)
    if (watched === undefined) return
    watched.count -= 1
    if (watched.count > 0) return
    watched.stop()
    this.#watched.delete(userId)
    this.#options.store.setState(({ presences }) => {
      const rest = new Map(presences)
      rest.delete(userId)
      return { presences: rest }
    })
  }

  #follow(userId: UserId): () => void {
    const { repository, store } = this.#options
    let retry: ReturnType<typeof setTimeout> | undefined
    let unfollow: () => void = () => undefined
    const show = (presence: Presence | null): void => {
      store.setState(({ presences }) => ({ presences: new Map(presences).set(userId, presence) }))
    }
    const start = (): void => {
      unfollow = repository.follow(userId, show, ({ failure }) => {
        show(null)
        retry = setTimeout(start, failure === 'denied' ? DENIED_RETRY_MS : FAILED_RETRY_MS)
      })
    }
    start()
    return () => {
      clearTimeout(retry)
      unfollow()
    }
  }

  #powerChanged(before: PowerState): void {
    if (before === 'suspended') this.#options.onWake()
    this.#tell(false)
  }

  /** Tells the wire what it does not know yet, or, with `again`, that it still holds. */
  #tell(again: boolean): void {
    const { repository, store, report } = this.#options
    if (this.#privacy === undefined || store.getState().connection !== 'online') return
    const state = this.#privacy.lastSeen === 'nobody' ? 'hidden' : states[store.getState().power]
    const isNews = state !== this.#told
    // Who is away or hidden has nothing to repeat, but for the heartbeat that keeps `away` from counting as `offline`.
    if (!isNews && (!again || state === 'hidden' || state === 'offline')) return
    this.#told = state
    this.#toldAt = Date.now()
    const telling = state === 'hidden' ? repository.remove() : repository.write(state)
    this.#telling = telling.catch((error: unknown) => {
      this.#told = undefined
      report('presence.write', error)
      clearTimeout(this.#retry)
      if (this.#stops.length === 0) return
      if (toWireError(error).failure === 'denied') this.#options.onRefused()
      this.#retry = setTimeout(() => this.#tell(false), FAILED_RETRY_MS)
    })
  }
}

/** What each state of the system says of the person. */
const states: Record<PowerState, Presence['state']> = {
  active: 'online',
  idle: 'away',
  locked: 'offline',
  suspended: 'offline',
  quitting: 'offline',
}
