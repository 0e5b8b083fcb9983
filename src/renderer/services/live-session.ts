import type { Phone, UserId } from '#shared/domain/ids.ts'
import type { FirebaseClient } from '../data/firebase.ts'
import type { Operations } from '../data/operations.ts'
import type { Wire } from '../data/wire.ts'
import type { Platform } from '../platform/bridge.ts'
import type { AppStore } from '../stores/app-store.ts'
import { measureClock, serverNow } from './clock.ts'
import type { ConnectionMonitor } from './connection.ts'
import { MessageSync } from './message-sync.ts'
import { Outbox } from './outbox.ts'
import { OwnActivity } from './own-activity.ts'
import { PresenceService } from './presence.ts'
import { Profiles } from './profiles.ts'
import type { Report } from './report.ts'
import { Sync } from './sync.ts'

/** Signing out and quitting wait no longer than this for the wire. */
const GOODBYE_LIMIT_MS = 800
/**
 * The SDK waits longer and longer, up to a minute and more, before it connects again to a server that was out of reach. Here
 * it is looked at this often, and made to connect when nothing has been heard for so long.
 */
const WATCH_MS = 5000
const SILENCE_LIMIT_MS = 10_000

export interface LiveSessionOptions {
  platform: Platform
  store: AppStore
  firebase: FirebaseClient
  connection: ConnectionMonitor
  operations: Operations
  report: Report
  me: UserId
  phone: Phone
}

/** What is to be done once with the server's help, and is tried again until it was (true). */
interface Errand {
  name: string
  run: () => Promise<boolean>
}

/** Everything that works while one person is signed in: made at sign-in, thrown away at sign-out. */
export class LiveSession {
  readonly me: UserId
  readonly phone: Phone
  readonly wire: Wire
  readonly profiles: Profiles
  readonly messages: MessageSync
  readonly activity: OwnActivity
  readonly presence: PresenceService
  readonly #options: LiveSessionOptions
  readonly #outbox: Outbox
  readonly #sync: Sync
  #errands: Errand[]
  #isRunningErrands = false
  /** Since when the server has not been heard of; undefined: it answers. */
  #silentSince: number | undefined
  #reconnectedAt = 0
  #watchdog: ReturnType<typeof setInterval> | undefined
  #isStarted = false
  #stopped = false

  constructor(options: LiveSessionOptions) {
    const { platform, store, firebase, connection, operations, report, me, phone } = options
    this.#options = options
    this.me = me
    this.phone = phone
    const wire = firebase.openWire(me, {
      operations,
      now: () => serverNow(store),
      onUnreadable: reportOnce(report),
    })
    this.wire = wire
    this.profiles = new Profiles({ platform, store, wire, report })
    this.messages = new MessageSync({ platform, wire, report, onCaughtUp: () => void this.#sync.moveMark() })
    this.activity = new OwnActivity(store, wire.activity, me)
    this.presence = new PresenceService({
      platform,
      store,
      repository: wire.presence,
      report,
      onWake: () => this.#reconnect(),
    })
    this.#outbox = new Outbox({
      platform,
      store,
      wire,
      activity: this.activity,
      report,
      onBlocked: () => this.presence.sayAgain(),
    })
    this.#sync = new Sync({
      platform,
      store,
      wire,
      me,
      connection,
      messages: this.messages,
      profiles: this.profiles,
      report,
      onLive: (live) => {
        this.#silentSince = live ? undefined : Date.now()
        if (!live) return
        this.#outbox.resume()
        void this.#runErrands()
      },
      onPrivacy: (privacy) => this.presence.setPrivacy(privacy),
    })
    this.#errands = [
      { name: 'clock', run: () => measureClock(wire.owner, store) },
      { name: 'phone', run: () => wire.owner.claimPhone(phone).then(() => true) },
    ]
  }

  /** Rejects with a BridgeError when the replica cannot be read. */
  async start(): Promise<void> {
    if (this.#isStarted || this.#stopped) return
    this.#isStarted = true
    this.#options.connection.setLive(false)
    this.#silentSince = Date.now()
    await this.#sync.start()
    this.#outbox.start()
    this.presence.start()
    this.#watchdog = setInterval(() => this.#watch(), WATCH_MS)
  }

  async stop(): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    clearInterval(this.#watchdog)
    this.#sync.stop()
    this.#outbox.stop()
    this.messages.stop()
    this.profiles.stop()
    const goodbye = this.presence
      .stop()
      .catch((error: unknown) => this.#options.report('presence.stop', error))
    let timer: ReturnType<typeof setTimeout> | undefined
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_LIMIT_MS)
    })
    await Promise.race([goodbye, limit])
    clearTimeout(timer)
    await this.wire.close()
    this.#options.connection.setLive(null)
  }

  #watch(): void {
    const now = Date.now()
    const silence = Math.max(now - (this.#silentSince ?? now), this.#outbox.waitingFor)
    if (silence > SILENCE_LIMIT_MS && now - this.#reconnectedAt > SILENCE_LIMIT_MS) this.#reconnect()
  }

  #reconnect(): void {
    this.#reconnectedAt = Date.now()
    this.wire.reconnect().catch((error: unknown) => this.#options.report('wire.reconnect', error))
  }

  async #runErrands(): Promise<void> {
    if (this.#isRunningErrands) return
    this.#isRunningErrands = true
    const left: Errand[] = []
    for (const errand of this.#errands) {
      if (this.#stopped) break
      try {
        if (!(await errand.run())) left.push(errand)
      } catch (error) {
        left.push(errand)
        this.#options.report(`session.${errand.name}`, error)
      }
    }
    this.#errands = left
    this.#isRunningErrands = false
  }
}

const MOST_REPORTS = 1000

/** Reports each document that cannot be read once: it may come again and again. */
function reportOnce(report: Report): (path: string) => void {
  const reported = new Set<string>()
  return (path) => {
    if (reported.has(path) || reported.size >= MOST_REPORTS) return
    reported.add(path)
    report('wire.unreadable', path)
  }
}
