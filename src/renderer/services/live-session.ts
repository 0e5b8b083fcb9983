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
import { Backoff } from './pace.ts'
import { PresenceService } from './presence.ts'
import { Profiles } from './profiles.ts'
import type { Report } from './report.ts'
import { Sync } from './sync.ts'
import { Watchdog } from './watchdog.ts'

/** Signing out and quitting wait no longer than this for the wire. */
const GOODBYE_LIMIT_MS = 800
/** What an earlier session left to be sent waits no longer than this for the chats to catch up. */
const CATCH_UP_LIMIT_MS = 15_000

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
  readonly #watchdog: Watchdog
  #errands: Errand[]
  readonly #errandsBackoff = new Backoff()
  #errandsRetry: ReturnType<typeof setTimeout> | undefined
  #isRunningErrands = false
  readonly #firstLive = Promise.withResolvers<void>()
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
      onHeard: () => this.#watchdog.heard(),
      onLate: () => this.#watchdog.late(),
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
      onRefused: () => this.#sync.readPrivacyAgain(),
      onWake: () => {
        this.#watchdog.reconnect()
        this.#sync.renew()
        this.messages.renew()
      },
    })
    this.#outbox = new Outbox({
      platform,
      store,
      wire,
      activity: this.activity,
      report,
      onBlocked: () => this.presence.sayAgain(),
      caughtUp: () => this.#caughtUp(),
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
        this.#watchdog.setLive(live)
        if (!live) return
        this.#firstLive.resolve()
        this.#outbox.resume()
        this.#errandsBackoff.reset()
        void this.#runErrands()
      },
      onPrivacy: (privacy) => this.presence.setPrivacy(privacy),
    })
    this.#watchdog = new Watchdog({
      writesWaitingFor: () => this.#outbox.waitingFor,
      reconnect() {
        wire.reconnect().catch((error: unknown) => report('wire.reconnect', error))
      },
    })
    this.#errands = [
      { name: 'phone', run: () => wire.owner.claimPhone(phone).then(() => true) },
      { name: 'clock', run: () => measureClock(wire.owner, store) },
    ]
  }

  /** Rejects with a BridgeError when the replica cannot be read. */
  async start(): Promise<void> {
    if (this.#isStarted || this.#stopped) return
    this.#isStarted = true
    this.#options.connection.setLive(false)
    await this.#sync.start()
    this.#outbox.start()
    this.presence.start()
    this.#watchdog.start()
  }

  async stop(): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    this.#watchdog.stop()
    clearTimeout(this.#errandsRetry)
    this.#sync.stop()
    this.#outbox.stop()
    this.messages.stop()
    this.profiles.stop()
    const goodbye = this.presence
      .stop()
      .catch((error: unknown) => this.#options.report('presence.stop', error))
    await within(GOODBYE_LIMIT_MS, goodbye)
    await this.wire.close()
    this.#options.connection.setLive(null)
  }

  /** The replica knows what the wire has of this person's messages once the chats that changed were read. */
  async #caughtUp(): Promise<void> {
    await this.#firstLive.promise
    await within(CATCH_UP_LIMIT_MS, this.messages.tried())
  }

  /** What fails is tried again, later and later, and at once whenever the server answers again. */
  async #runErrands(): Promise<void> {
    clearTimeout(this.#errandsRetry)
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
    if (left.length === 0 || this.#stopped) return
    this.#errandsRetry = setTimeout(() => void this.#runErrands(), this.#errandsBackoff.next())
  }
}

/** Settles with the promise, or after so many ms. */
async function within(limitMs: number, promise: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs)
  })
  await Promise.race([promise, limit])
  clearTimeout(timer)
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
