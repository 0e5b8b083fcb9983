import type { OwnProfile } from '#shared/domain/account.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import type { FirebaseClient } from '../../data/firebase.ts'
import { signedInUserSchema, type SignedInUser } from '../../data/signed-in-user.ts'
import { BridgeError, type AccountBridge, type Platform } from '../../platform/bridge.ts'
import type { SessionMemory } from '../../platform/session-memory.ts'
import { initialState, type AppStore } from '../../stores/app-store.ts'
import { attempt } from '../app/errors.ts'
import { currentReplica } from '../replica/current-replica.ts'
import { loadRows } from '../replica/replica-mirror.ts'
import type { Report } from '../app/report.ts'
import { AppError, type SessionService } from '../services.ts'
import { AccountSession, type Account } from './account-session.ts'
import type { LiveSession } from './live-session.ts'

/** Time between two attempts to find out whether the account has a profile, in ms. */
const PROFILE_RETRY_MS = 3000

/** The code that talks to the server. */
export interface Server {
  firebase: FirebaseClient
  createLive: (account: Account) => LiveSession
}

export interface SessionOptions {
  platform: Platform
  store: AppStore
  /** Loads the code that talks to the server. Called once, after the replica of the last signed-in person is shown. */
  loadServer: () => Promise<Server>
  memory: SessionMemory
  /** The store restarted, and the replica was read again. */
  onReentered: () => void
  report: Report
}

/** Follows who is signed in: opens and shows their replica, and starts everything else. */
export class Session implements SessionService {
  readonly #options: SessionOptions
  #account: AccountSession | undefined
  #server: Promise<Server> | undefined
  /** Firebase has confirmed that this person is signed in. Until then their replica is shown, but the live session is not started. */
  #isConfirmed = false
  /** Changes of who is signed in are handled one after the other. */
  #queue = Promise.resolve()
  /** The replica that was opened last. */
  #replica: AccountBridge | undefined
  #profileRetry: ReturnType<typeof setTimeout> | undefined
  #stopUsers: (() => void) | undefined
  #stopInterrupted: (() => void) | undefined

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** The session of the signed-in person; undefined when nobody is signed in. */
  get account(): AccountSession | undefined {
    return this.#account
  }

  /** Shows the replica of the last signed-in person at once. Firebase is loaded later, and then confirms that they are still signed in. */
  start(): void {
    const lastUser = signedInUserSchema.safeParse(this.#options.memory.load())
    if (lastUser.success) this.#queue = this.#guarded(() => this.#enter(lastUser.data))
    this.#enqueue(async () => {
      const { firebase } = await this.#loadServer()
      this.#stopUsers = firebase.onUser((user) => this.#enqueue(() => this.#userChanged(user)))
    })
  }

  #loadServer(): Promise<Server> {
    this.#server ??= this.#options.loadServer()
    return this.#server
  }

  #enqueue(change: () => Promise<void>): void {
    this.#queue = this.#queue.then(() => this.#guarded(change))
  }

  /** The store restarted: reads everything from it again. */
  #reenter(account: UserId): void {
    this.#enqueue(async () => {
      if (this.#account?.me !== account) return
      const { me, phone } = this.#account
      await this.#enter({ uid: me, phoneNumber: phone })
      this.#options.onReentered()
    })
  }

  async stop(): Promise<void> {
    await this.#queue
    this.#stopUsers?.()
    this.#stopInterrupted?.()
    await this.#queue
    await this.#endAccount()
  }

  requestCode(phone: Phone): Promise<void> {
    return attempt(async () => (await this.#loadServer()).firebase.requestCode(phone))
  }

  confirmCode(code: string): Promise<void> {
    return attempt(async () => (await this.#loadServer()).firebase.confirmCode(code))
  }

  saveProfile(profile: OwnProfile): Promise<void> {
    return attempt(async () => {
      await currentReplica(() => this.#account).call('outbox.add', { kind: 'profile', payload: profile })
      await this.#begin()
    })
  }

  unsentCount(): Promise<number> {
    return attempt(async () => currentReplica(() => this.#account).call('outbox.unsentCount'))
  }

  signOut(): Promise<void> {
    return attempt(async () => {
      const { store, memory } = this.#options
      const userId = this.#account?.me ?? signedInUserSchema.safeParse(memory.load()).data?.uid
      await this.#account?.live?.endPushes()
      await this.#endAccount()
      memory.save(null)
      // Erase before signing out of Firebase. If the app stops in between, the person is still signed in and the replica is fetched
      // again. In the other order, the replica would stay on the machine.
      const failure = userId === undefined ? undefined : await this.#erase(userId)
      await (await this.#loadServer()).firebase.signOut()
      await this.#queue
      // Firebase emits nothing when nobody was signed in.
      if (store.getState().session.phase !== 'signedOut') await this.#leave()
      if (failure !== undefined) throw failure
    })
  }

  /** Returns the failure instead of throwing it: it must not prevent signing out. */
  async #erase(userId: UserId): Promise<BridgeError | undefined> {
    try {
      await this.#options.platform.account(userId).call('replica.erase')
      return undefined
    } catch (error) {
      if (error instanceof BridgeError) return error
      throw error
    }
  }

  dismissSetAside(): void {
    this.#options.store.setState({ setAside: null })
  }

  async #userChanged(user: SignedInUser | null): Promise<void> {
    this.#isConfirmed = user !== null
    this.#options.memory.save(user)
    if (user === null) {
      await this.#leave()
    } else if (user.uid !== this.#account?.me) {
      await this.#enter(user)
    } else {
      await this.#proceed(this.#account)
    }
  }

  async #guarded(change: () => Promise<void>): Promise<void> {
    try {
      await change()
    } catch (error) {
      this.#options.report('session', error)
      const message = error instanceof Error ? error.message : String(error)
      this.#options.store.setState({ session: { phase: 'broken', message } })
    }
  }

  async #enter({ uid: me, phoneNumber: phone }: SignedInUser): Promise<void> {
    const { platform, store } = this.#options
    await this.#endAccount()
    const replica = platform.account(me)
    this.#replica = replica
    this.#stopInterrupted?.()
    this.#stopInterrupted = replica.on('replica.interrupted', () => this.#reenter(me))
    const { setAside } = await replica.call('replica.open')
    const [account, chats, people, activities] = await Promise.all([
      replica.call('replica.account'),
      replica.call('replica.chats'),
      replica.call('replica.people'),
      replica.call('replica.activities'),
    ])
    this.#account = new AccountSession({ me, phone, replica }, store)
    store.setState({
      account,
      setAside,
      firstSyncDone: false,
      files: new Map(),
      saved: new Set(),
      ...loadRows({ chats, people, activities }),
    })
    await this.#proceed(this.#account)
  }

  async #proceed(account: AccountSession): Promise<void> {
    if (this.#isConfirmed && account.live === undefined) {
      const { createLive } = await this.#loadServer()
      account.goLive(createLive(account))
    }
    const hasProfile = this.#options.store.getState().account?.profile !== null
    if (hasProfile) await this.#begin()
    else if (account.live !== undefined) await this.#fetchProfile(account, account.live)
  }

  /** For a replica without a profile: the account or the machine is new. Only the server knows which. */
  async #fetchProfile(account: AccountSession, live: LiveSession): Promise<void> {
    try {
      const profile = await live.wire.owner.profile()
      if (this.#account !== account) return
      if (profile === undefined) {
        this.#options.store.setState({
          session: { phase: 'needsProfile', me: account.me, phone: account.phone },
        })
        return
      }
      await account.replica.call('replica.apply', { collection: 'profile', items: [profile], cursor: null })
      await this.#begin()
    } catch (error) {
      this.#options.report('session.profile', error)
      this.#profileRetry = setTimeout(() => {
        if (this.#account === account) this.#queue = this.#queue.then(() => this.#fetchProfile(account, live))
      }, PROFILE_RETRY_MS)
    }
  }

  async #begin(): Promise<void> {
    const account = this.#account
    if (account === undefined) throw new AppError('unexpected')
    this.#options.store.setState({ session: { phase: 'ready', me: account.me, phone: account.phone } })
    await account.live?.start()
  }

  /** Call it when nobody is signed in any more: after `signOut`, or when the account was disabled or its session revoked. */
  async #leave(): Promise<void> {
    const { store, report } = this.#options
    await this.#endAccount()
    await this.#replica?.call('replica.close').catch((error: unknown) => report('session.close', error))
    this.#replica = undefined
    const { lock, settings, connection, windowFocused, power, clockOffset } = store.getState()
    const session = { phase: 'signedOut' } as const
    store.setState({
      ...initialState,
      lock,
      session,
      settings,
      connection,
      windowFocused,
      power,
      clockOffset,
    })
  }

  async #endAccount(): Promise<void> {
    clearTimeout(this.#profileRetry)
    const account = this.#account
    this.#account = undefined
    await account?.end()
  }
}
