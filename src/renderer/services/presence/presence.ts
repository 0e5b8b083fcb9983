import type { PowerState } from '#shared/bridge/app.ts'
import { HEARTBEAT_MS, type Presence } from '#shared/domain/presence.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Privacy } from '#shared/domain/account.ts'
import type { PresenceRepository } from '../../data/presence-repository.ts'
import { toWireError } from '../../data/wire-error.ts'
import type { Platform } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import { WatchedPresences } from './watched-presences.ts'

/** Time before a hidden presence is requested again: the person may have changed their privacy. */
const DENIED_RETRY_MS = 5 * 60_000
/** Time before a retry after any other failure. */
const FAILED_RETRY_MS = 5000
/** The presence is written when the window gets the focus, except within this time after the last write. */
const FOCUS_QUIET_MS = 30_000

export interface PresenceOptions {
  platform: Platform
  store: AppStore
  repository: PresenceRepository
  report: Report
  /** The system has woken up: connections may be dead. */
  onWake: () => void
  /** The rules denied a write: the person may have hidden their presence on another device. */
  onDenied: () => void
}

/** Writes the presence of this person, and follows that of others. */
export class PresenceService {
  readonly #options: PresenceOptions
  readonly #watched = new WatchedPresences((userId) => this.#follow(userId))
  readonly #stops: (() => void)[] = []
  /** The privacy on the wire. Nothing is written until it is known. */
  #privacy: Privacy | undefined
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  /** The state that was written last; `hidden`: the document was removed. Undefined before the first write and after a failed one. */
  #written: Presence['state'] | 'hidden' | undefined
  #writtenAt = -Infinity
  /** Settles when the last write has ended. */
  #writing: Promise<void> = Promise.resolve()

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  start(): void {
    const { platform, store } = this.#options
    this.#stops.push(
      platform.on('window.focus', ({ focused }) => {
        if (focused && this.#writtenAt < Date.now() - FOCUS_QUIET_MS) this.#write(true)
      }),
      store.subscribe((state, before) => {
        if (state.power !== before.power) this.#powerChanged(before.power)
        if (state.connection === 'online' && before.connection !== 'online') this.#write(true)
      }),
    )
    this.#heartbeat = setInterval(() => this.#write(true), HEARTBEAT_MS)
    this.#write(true)
  }

  /**
   * Sets the privacy as it is on the wire; any of the person's devices may have changed it. The rules deny writes that contradict it;
   * after a denial the privacy is fetched.
   */
  setPrivacy(privacy: Privacy): void {
    const hasChanged = privacy.lastSeen !== this.#privacy?.lastSeen
    this.#privacy = privacy
    // An unchanged privacy may come from the fetch after a denial. Then only the retry timer writes again.
    if (hasChanged) this.#write(false)
  }

  /** Writes the state again. The server then re-evaluates its rules for all listeners, and a blocked person loses access. */
  repeat(): void {
    this.#write(true)
  }

  /** Writes `offline` and resolves when that has ended. The caller limits how long it waits. */
  async goOffline(): Promise<void> {
    if (this.#written === 'online' || this.#written === 'away') {
      this.#written = 'offline'
      this.#writing = this.#options.repository.write('offline')
    }
    // The power state `quitting` may have started this write already.
    if (this.#written === 'offline') await this.#writing
  }

  /** Writes `offline`, and nothing afterwards. */
  async stop(): Promise<void> {
    clearInterval(this.#heartbeat)
    clearTimeout(this.#retry)
    for (const stop of this.#stops.splice(0)) stop()
    this.#watched.stop()
    await this.goOffline()
  }

  /** Keeps someone's presence in the store while they are watched (see WatchedPresences). Returns a function that ends watching. */
  watch(userId: UserId): () => void {
    return this.#watched.watch(userId)
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
      store.setState(({ presences }) => {
        const rest = new Map(presences)
        rest.delete(userId)
        return { presences: rest }
      })
    }
  }

  #powerChanged(before: PowerState): void {
    if (before === 'suspended') this.#options.onWake()
    this.#write(false)
  }

  /** Writes the state when it has changed. With `again`, writes an unchanged state too. */
  #write(again: boolean): void {
    const { repository, store, report } = this.#options
    if (this.#privacy === undefined || store.getState().connection !== 'online') return
    const state = this.#privacy.lastSeen === 'nobody' ? 'hidden' : states[store.getState().power]
    // A page that was loaded in the tray for a moment must not move the time when this person was last seen.
    if (this.#written === undefined && store.getState().power === 'background') return
    const hasChanged = state !== this.#written
    // `hidden` and `offline` stay valid. `online` and `away` count as `offline` when they are not repeated.
    if (!hasChanged && (!again || state === 'hidden' || state === 'offline')) return
    this.#written = state
    this.#writtenAt = Date.now()
    const writing = state === 'hidden' ? repository.remove() : repository.write(state)
    this.#writing = writing.catch((error: unknown) => {
      this.#written = undefined
      report('presence.write', error)
      clearTimeout(this.#retry)
      if (this.#stops.length === 0) return
      if (toWireError(error).failure === 'denied') this.#options.onDenied()
      this.#retry = setTimeout(() => this.#write(false), FAILED_RETRY_MS)
    })
  }
}

/** The presence for each power state. */
const states: Record<PowerState, Presence['state']> = {
  active: 'online',
  idle: 'away',
  background: 'offline',
  locked: 'offline',
  suspended: 'offline',
  quitting: 'offline',
}
