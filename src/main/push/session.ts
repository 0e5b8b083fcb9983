import { createHash } from 'node:crypto'
import type { PushState } from '#shared/bridge/push.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { deviceIdSchema, type DeviceId } from '#shared/functions.ts'
import type { Push } from '#shared/push.ts'
import type { Log } from '../log/log.ts'
import type { Secrets } from '../security/key-store.ts'
import { checkIn } from './check-in.ts'
import { PushFiles, type Credentials } from './credentials.ts'
import { PushDropped, readPush } from './decrypt.ts'
import type { PushHosts } from './hosts.ts'
import { McsConnection, type McsOptions, type McsTiming } from './mcs.ts'
import { register, renew, type Services } from './registration.ts'
import { PushServiceError, type Fetch } from './request.ts'

/** All in ms. */
export interface PushTiming extends McsTiming {
  /** The pause after the first failure. Each further failure doubles it. */
  pause: number
  maxPause: number
  /** A connection that has lasted this long ends the doubling. */
  steady: number
  /** How often the services are asked to keep the registration. Tokens of installations last seven days. */
  renewal: number
  /** The pause after a renewal that has failed. */
  renewalRetry: number
}

export interface SessionOptions {
  account: UserId
  hosts: PushHosts
  firebase: Services['firebase']
  directory: string
  secrets: Secrets
  fetch: Fetch
  connect: McsOptions['connect']
  log: Log['write']
  timing: PushTiming
  /** ms since the epoch. */
  now: () => number
  /** From 0 to 1. */
  random: () => number
  onPush(push: Push): void
  onChange(state: PushState, token: string | null): void
}

/** Receives the pushes of one account until it is stopped. */
export class PushSession {
  readonly account: UserId
  readonly #options: SessionOptions
  readonly #files: PushFiles
  readonly #configuration: string
  readonly #stop = new AbortController()
  #credentials: Credentials | null = null
  /** Persistent ids of the newest pushes, oldest first. */
  #received: string[] = []
  #connection: McsConnection | null = null
  #connectedAt: number | null = null
  #failures = 0
  #retry: NodeJS.Timeout | undefined
  #renewal: NodeJS.Timeout | undefined
  #isRenewing = false
  #state: PushState = 'off'
  /** What `onChange` was told last. */
  #told = ''

  constructor(options: SessionOptions) {
    this.account = options.account
    this.#options = options
    this.#configuration = JSON.stringify(options.firebase)
    this.#files = new PushFiles(options.directory, options.account, options.secrets, (event, error) =>
      options.log('warn', event, error),
    )
  }

  start(): void {
    const credentials = this.#files.readCredentials()
    this.#credentials = credentials?.configuration === this.#configuration ? credentials : null
    this.#received = this.#files.readReceived()
    this.#proceed()
    this.#scheduleRenewal()
  }

  stop(): void {
    this.#stop.abort()
    this.#connection?.close()
    clearTimeout(this.#retry)
    clearTimeout(this.#renewal)
  }

  wake(): void {
    if (this.#state === 'waiting') {
      this.#failures = 0
      this.#proceed()
    } else this.#connection?.check()
    // Timers stand still while the machine sleeps.
    this.#scheduleRenewal()
  }

  /** The network is another one: begins again at once, without any connection of the old one. */
  reconnect(): void {
    // Registering uses requests, which end by themselves.
    if (this.#state !== 'connecting' && this.#state !== 'connected' && this.#state !== 'waiting') return
    this.#connection?.close()
    this.#connection = null
    this.#connectedAt = null
    this.#failures = 0
    this.#proceed()
  }

  state(): PushState {
    return this.#state
  }

  token(): string | null {
    return this.#credentials?.registration?.token ?? null
  }

  /** Stays the same as long as the credentials are kept. The number that FCM knows the device by stays secret. */
  deviceId(): DeviceId | null {
    const device = this.#credentials?.device
    if (device === undefined) return null
    return deviceIdSchema.parse(createHash('sha256').update(device.androidId).digest('hex').slice(0, 32))
  }

  #proceed(): void {
    clearTimeout(this.#retry)
    if (this.#credentials?.registration != null) this.#connect(this.#credentials)
    else void this.#register()
  }

  async #register(): Promise<void> {
    this.#change('registering')
    try {
      const device = this.#credentials?.device ?? (await this.#checkIn())
      // Kept at once: each check-in without it would make another device.
      this.#save({ device, registration: null })
      const registration = await register(this.#services(), device)
      if (this.#stop.signal.aborted) return
      this.#save({ device, registration })
      // The pauses go on growing until a connection holds: a server that rejects each login must not get a device per second.
      this.#proceed()
      this.#scheduleRenewal()
    } catch (error) {
      this.#onFailure(error)
    }
  }

  #connect(credentials: Credentials): void {
    this.#change('connecting')
    const { connect, hosts, timing, log, now } = this.#options
    this.#connection = new McsConnection({
      connect,
      host: hosts.mcs,
      device: credentials.device,
      receivedIds: this.#received,
      timing,
      onLogin: () => {
        this.#connectedAt = now()
        this.#change('connected')
      },
      onMessages: (messages) => {
        for (const message of messages) this.#take(message, credentials)
        if (!this.#stop.signal.aborted) this.#received = this.#files.writeReceived(this.#received)
      },
      onUnreadable: () => log('warn', 'push dropped', 'unreadable'),
      onEnd: (reason, detail) => {
        log('info', 'push connection ended', detail)
        this.#connection = null
        if (this.#connectedAt !== null && now() - this.#connectedAt >= timing.steady) this.#failures = 0
        this.#connectedAt = null
        if (reason === 'rejected') this.#credentials = null
        this.#proceedLater()
      },
    })
  }

  /** Never throws: what cannot be used would only come again. */
  #take(message: Parameters<typeof readPush>[0], { registration }: Credentials): void {
    const { persistentId } = message
    if (registration === null || this.#stop.signal.aborted || this.#received.includes(persistentId)) return
    const { log, onPush } = this.#options
    try {
      const push = readPush(message, registration.keys)
      if (push.account === this.account) onPush(push)
      else log('warn', 'push dropped', 'for another account')
    } catch (error) {
      if (error instanceof PushDropped) log('warn', 'push dropped', error.message)
      else log('error', 'a push could not be handled', error)
    }
    if (persistentId !== '') this.#received.push(persistentId)
  }

  #onFailure(error: unknown): void {
    if (this.#stop.signal.aborted) return
    this.#options.log('warn', 'push registration failed', error)
    const reason = error instanceof PushServiceError ? error.reason : 'transient'
    if (reason === 'forgotten') this.#credentials = null
    if (reason === 'refused') this.#change('refused')
    else this.#proceedLater()
  }

  #proceedLater(): void {
    const { timing, random } = this.#options
    const pause = Math.min(timing.maxPause, timing.pause * 2 ** Math.min(this.#failures++, 30))
    // Jitter, so that the clients of a server that was down do not come back all at once.
    this.#retry = setTimeout(() => this.#proceed(), pause * (0.5 + random() / 2))
    this.#change('waiting')
  }

  #scheduleRenewal(): void {
    const registration = this.#credentials?.registration
    if (registration == null || this.#isRenewing) return
    const { timing, now } = this.#options
    const due = registration.confirmedAt + timing.renewal - now()
    clearTimeout(this.#renewal)
    // The upper limit is for a clock that was set back.
    this.#renewal = setTimeout(() => void this.#renew(), Math.min(Math.max(due, 0), timing.renewal))
  }

  /** The connection goes on meanwhile. */
  async #renew(): Promise<void> {
    const { device, registration } = this.#credentials ?? {}
    if (device === undefined || registration == null) return
    this.#isRenewing = true
    try {
      const again = await this.#checkIn()
      if (again.androidId !== device.androidId)
        throw new PushServiceError('forgotten', 'check-in: new device')
      const renewed = await renew(this.#services(), registration)
      // Otherwise the server has rejected the login meanwhile, and there are newer credentials, or soon will be.
      if (this.#credentials?.registration === registration)
        this.#save({ device: again, registration: renewed })
      this.#isRenewing = false
      this.#scheduleRenewal()
      this.#change(this.#state)
    } catch (error) {
      this.#isRenewing = false
      if (this.#credentials?.registration === registration) this.#onFailedRenewal(error)
      else this.#scheduleRenewal()
    }
  }

  #onFailedRenewal(error: unknown): void {
    if (this.#stop.signal.aborted) return
    const { log, timing } = this.#options
    log('warn', 'push renewal failed', error)
    if (error instanceof PushServiceError && error.reason !== 'transient') {
      // Registers again. If the project is refused, this ends as `refused`.
      this.#credentials = null
      this.#connection?.close()
      this.#connection = null
      this.#connectedAt = null
      this.#proceed()
    } else this.#renewal = setTimeout(() => void this.#renew(), timing.renewalRetry)
  }

  #checkIn(): ReturnType<typeof checkIn> {
    const { fetch, hosts } = this.#options
    return checkIn(fetch, hosts.checkIn, this.#credentials?.device ?? null, this.#stop.signal)
  }

  #services(): Services {
    const { fetch, hosts, firebase, now } = this.#options
    return { fetch, hosts, firebase, now, signal: this.#stop.signal }
  }

  #save(credentials: Omit<Credentials, 'configuration'>): void {
    if (this.#stop.signal.aborted) return
    this.#credentials = { configuration: this.#configuration, ...credentials }
    this.#files.writeCredentials(this.#credentials)
  }

  #change(state: PushState): void {
    if (this.#stop.signal.aborted) return
    this.#state = state
    const told = `${state} ${this.token()}`
    if (told === this.#told) return
    this.#told = told
    this.#options.onChange(state, this.token())
  }
}
