import type { FirebaseClient } from '../../data/firebase.ts'
import type { Operations } from '../../data/operations.ts'
import type { Wire } from '../../data/wire.ts'
import type { Platform } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import { MessageSender } from '../outbox/intents/send.ts'
import { Outbox } from '../outbox/outbox.ts'
import { Transfers } from '../media/transfers.ts'
import { Profiles } from '../people/profiles.ts'
import { PresenceService } from '../presence/presence.ts'
import { GroupActivity } from '../receipts/group-activity.ts'
import { PushDevice } from '../push/push-device.ts'
import { PushHints } from '../push/push-hints.ts'
import { ReceiptsAndTyping } from '../receipts/receipts-and-typing.ts'
import { MessageSync } from '../sync/message-sync.ts'
import { Sync } from '../sync/sync.ts'
import type { Account } from './account-session.ts'
import { measureClock, serverNow } from './clock.ts'
import type { ConnectionMonitor } from './connection.ts'
import { StartupTasks } from './startup-tasks.ts'
import { Watchdog } from './watchdog.ts'

/** Ending the session waits at most this long for `offline` to be written, in ms. */
const GO_OFFLINE_TIMEOUT_MS = 800
/** Messages of an earlier session wait at most this long for sync to catch up, in ms. */
const CATCH_UP_TIMEOUT_MS = 15_000

export interface LiveSessionOptions {
  platform: Platform
  store: AppStore
  firebase: FirebaseClient
  connection: ConnectionMonitor
  operations: Operations
  report: Report
  account: Account
}

/** Everything that talks to the server while one person is signed in. */
export class LiveSession {
  readonly wire: Wire
  readonly profiles: Profiles
  readonly messages: MessageSync
  readonly receipts: ReceiptsAndTyping
  readonly groupActivity: GroupActivity
  readonly presence: PresenceService
  readonly transfers: Transfers
  readonly #options: LiveSessionOptions
  readonly #outbox: Outbox
  readonly #sync: Sync
  readonly #watchdog: Watchdog
  readonly #backgroundWatchdog: Watchdog
  readonly #startupTasks: StartupTasks
  readonly #pushDevice: PushDevice
  readonly #pushHints: PushHints
  readonly #firstLive = Promise.withResolvers<void>()
  #isStarted = false
  #stopped = false

  constructor(options: LiveSessionOptions) {
    const { platform, store, firebase, connection, operations, report, account } = options
    const { me, phone, replica } = account
    this.#options = options
    const wire = firebase.openWire(me, {
      operations,
      now: () => serverNow(store),
      onUnreadable: reportOnce(report),
      onContact: () => this.#watchdog.contact(),
      onTimeout: () => this.#watchdog.timeout(),
    })
    this.wire = wire
    this.profiles = new Profiles({ replica, store, wire, report })
    this.messages = new MessageSync({ replica, wire, report })
    this.receipts = new ReceiptsAndTyping(store, wire.activity, me)
    this.groupActivity = new GroupActivity({ replica, store, repository: wire.activity, report })
    this.presence = new PresenceService({
      platform,
      store,
      repository: wire.presence,
      report,
      onDenied: () => this.#sync.fetchPrivacy(),
      onWake: () => {
        this.#watchdog.reconnect()
        this.#sync.renew()
      },
    })
    this.transfers = new Transfers({
      replica,
      store,
      report,
      idToken: () => firebase.idToken(),
      onResume: () => this.#outbox.resume(),
    })
    this.#outbox = new Outbox({
      replica,
      report,
      context: {
        replica,
        wire,
        sender: new MessageSender(store, wire, replica),
        receipts: this.receipts,
        groupActivity: this.groupActivity,
        transfers: this.transfers,
        onBlocked: () => this.presence.repeat(),
      },
      onWaiting: (intents) => this.transfers.follow(intents),
      caughtUp: () => this.caughtUp(),
    })
    this.#pushDevice = new PushDevice({ replica, devices: wire.devices, report })
    this.#pushHints = new PushHints({ replica, onSilence: () => this.#watchdog.timeout(), report })
    this.#startupTasks = new StartupTasks(
      [
        { name: 'phone', run: () => wire.owner.claimPhone(phone).then(() => true) },
        // The rules let people add someone to a group only if this document allows it.
        { name: 'settings', run: () => wire.owner.createSettings().then(() => true) },
        { name: 'clock', run: () => measureClock(wire.owner, store) },
      ],
      report,
    )
    this.#sync = new Sync({
      replica,
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
        this.#startupTasks.resume()
        this.#pushDevice.resume()
      },
      onPrivacy: (privacy) => this.presence.setPrivacy(privacy),
    })
    const reconnect = (only?: 'background') => (): void => {
      wire.reconnect(only).catch((error: unknown) => report('wire.reconnect', error))
    }
    this.#watchdog = new Watchdog({
      writesWaitingFor: () => this.#outbox.waitingFor('prompt'),
      onHung(isHung) {
        connection.setHung(isHung)
        if (isHung) report('wire.hung', 'prompt')
      },
      reconnect: reconnect(),
    })
    this.#backgroundWatchdog = new Watchdog({
      writesWaitingFor: () => this.#outbox.waitingFor('background'),
      onHung(isHung) {
        if (isHung) report('wire.hung', 'background')
      },
      reconnect: reconnect('background'),
    })
    // This watchdog watches only writes. `true` makes it ignore the silence of listeners.
    this.#backgroundWatchdog.setLive(true)
  }

  /** Rejects with a BridgeError when the replica cannot be read. */
  async start(): Promise<void> {
    if (this.#isStarted || this.#stopped) return
    this.#isStarted = true
    this.#options.connection.setLive(false)
    await this.messages.start()
    await this.#sync.start()
    this.#outbox.start()
    this.presence.start()
    this.#watchdog.start()
    this.#backgroundWatchdog.start()
  }

  /** Ends the pushes to this device, because the person signs out. */
  async endPushes(): Promise<void> {
    await this.#pushDevice.remove()
  }

  async stop(): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    this.#watchdog.stop()
    this.#backgroundWatchdog.stop()
    this.#options.connection.setHung(false)
    this.#startupTasks.stop()
    this.#pushDevice.stop()
    this.#pushHints.stop()
    this.#sync.stop()
    this.groupActivity.stop()
    this.#outbox.stop()
    this.transfers.stop()
    this.messages.stop()
    this.profiles.stop()
    const offlineWritten = this.presence
      .stop()
      .catch((error: unknown) => this.#options.report('presence.stop', error))
    await within(GO_OFFLINE_TIMEOUT_MS, offlineWritten)
    await this.wire.close()
    this.#options.connection.setLive(null)
  }

  /** Resolves when the changed chats have been read, or after a timeout. The replica then knows which own messages are on the wire. */
  async caughtUp(): Promise<void> {
    await this.#firstLive.promise
    await within(CATCH_UP_TIMEOUT_MS, this.messages.whenTried())
  }
}

/** Resolves when the promise resolves, or after `timeoutMs`. */
async function within(timeoutMs: number, promise: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  })
  await Promise.race([promise, timeout])
  clearTimeout(timer)
}

const MAX_REPORTS = 1000

/** Reports each malformed document once, because it may be read many times. */
function reportOnce(report: Report): (path: string) => void {
  const reported = new Set<string>()
  return (path) => {
    if (reported.has(path) || reported.size >= MAX_REPORTS) return
    reported.add(path)
    report('wire.unreadable', path)
  }
}
