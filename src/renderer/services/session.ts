import type { OwnProfile, Privacy } from '#shared/domain/account.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { userSchema, type FirebaseClient, type SignedInUser } from '../data/firebase.ts'
import { BridgeError, type Platform } from '../platform/bridge.ts'
import type { SessionMemory } from '../platform/session-memory.ts'
import { initialState, type AppStore } from '../stores/app-store.ts'
import { attempt } from './errors.ts'
import type { LiveSession } from './live-session.ts'
import { loadRows } from './replica-mirror.ts'
import type { Report } from './report.ts'
import { AppError, type SessionService } from './services.ts'

/** How long to wait before asking again whether the account has a profile, while the server does not answer. */
const ASK_AGAIN_MS = 3000

export interface SessionOptions {
  platform: Platform
  store: AppStore
  firebase: FirebaseClient
  memory: SessionMemory
  createLive: (user: { me: SignedInUser['uid']; phone: Phone }) => LiveSession
  report: Report
}

/** Follows who is signed in: opens their replica, shows it, and lets everything else begin. */
export class Session implements SessionService {
  readonly #options: SessionOptions
  #live: LiveSession | undefined
  /** Firebase has said that this person is signed in; until then their replica shows, but nothing goes out. */
  #isConfirmed = false
  /** Changes of who is signed in are dealt with one after the other. */
  #queue = Promise.resolve()
  #askAgain: ReturnType<typeof setTimeout> | undefined
  #unlisten: (() => void) | undefined

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** What works for the person who is signed in; undefined when there is nobody. */
  get live(): LiveSession | undefined {
    return this.#live
  }

  /** Whoever was signed in last is shown at once: it may take Firebase long to say that they still are. */
  start(): void {
    const remembered = userSchema.safeParse(this.#options.memory.recall())
    if (remembered.success) this.#queue = this.#guarded(() => this.#enter(remembered.data))
    this.#unlisten = this.#options.firebase.onUser((user) => {
      this.#queue = this.#queue.then(() => this.#guarded(() => this.#userChanged(user)))
    })
  }

  /** The store has begun anew: everything is read from it once more. */
  reenter(): Promise<void> {
    this.#queue = this.#queue.then(() =>
      this.#guarded(async () => {
        if (this.#live === undefined) return
        const { me, phone } = this.#live
        await this.#enter({ uid: me, phoneNumber: phone })
      }),
    )
    return this.#queue
  }

  async stop(): Promise<void> {
    this.#unlisten?.()
    await this.#queue
    await this.#endLive()
  }

  requestCode(phone: Phone): Promise<void> {
    return attempt(() => this.#options.firebase.requestCode(phone))
  }

  confirmCode(code: string): Promise<void> {
    return attempt(() => this.#options.firebase.confirmCode(code))
  }

  saveProfile(profile: OwnProfile): Promise<void> {
    return attempt(async () => {
      await this.#options.platform.call('replica.setProfile', profile)
      await this.#begin()
    })
  }

  savePrivacy(privacy: Privacy): Promise<void> {
    return attempt(() => this.#options.platform.call('replica.setPrivacy', privacy))
  }

  unsentCount(): Promise<number> {
    return attempt(() => this.#options.platform.call('outbox.unsentCount'))
  }

  signOut(): Promise<void> {
    return attempt(async () => {
      const { firebase, store, memory } = this.#options
      const userId = this.#live?.me ?? userSchema.safeParse(memory.recall()).data?.uid
      await this.#endLive()
      memory.remember(null)
      // Erased first: if this is interrupted, the replica is read from the wire again, but never left behind.
      const failure = userId === undefined ? undefined : await this.#erase(userId)
      await firebase.signOut()
      await this.#queue
      // Firebase has nothing to say when it did not know of anybody.
      if (store.getState().session.phase !== 'signedOut') await this.#leave()
      if (failure !== undefined) throw failure
    })
  }

  /** Why the replica could not be erased, which must not keep anybody signed in. */
  async #erase(userId: UserId): Promise<BridgeError | undefined> {
    try {
      await this.#options.platform.call('replica.erase', { userId })
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
    this.#options.memory.remember(user)
    if (user === null) {
      await this.#leave()
    } else if (user.uid !== this.#live?.me) {
      await this.#enter(user)
    } else {
      await this.#proceed(this.#live)
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
    await this.#endLive()
    const { setAside } = await platform.call('replica.open', { userId: me })
    const [account, chats, people, activities] = await Promise.all([
      platform.call('replica.account'),
      platform.call('replica.chats'),
      platform.call('replica.people'),
      platform.call('replica.activities'),
    ])
    this.#live = this.#options.createLive({ me, phone })
    store.setState({ account, setAside, firstSyncDone: false, ...loadRows({ chats, people, activities }) })
    await this.#proceed(this.#live)
  }

  async #proceed(live: LiveSession): Promise<void> {
    const hasProfile = this.#options.store.getState().account?.profile !== null
    if (hasProfile) await this.#begin()
    else if (this.#isConfirmed) await this.#askForProfile(live)
  }

  /** A replica without a profile: someone new, or someone who is new on this machine. The server knows. */
  async #askForProfile(live: LiveSession): Promise<void> {
    try {
      const profile = await live.wire.owner.profile()
      if (this.#live !== live) return
      if (profile === undefined) {
        this.#options.store.setState({ session: { phase: 'needsProfile', me: live.me, phone: live.phone } })
        return
      }
      await this.#options.platform.call('replica.applyAccount', { profile })
      await this.#begin()
    } catch (error) {
      this.#options.report('session.profile', error)
      this.#askAgain = setTimeout(() => {
        if (this.#live === live) this.#queue = this.#queue.then(() => this.#askForProfile(live))
      }, ASK_AGAIN_MS)
    }
  }

  async #begin(): Promise<void> {
    const live = this.#live
    if (live === undefined) throw new AppError('unexpected')
    this.#options.store.setState({ session: { phase: 'ready', me: live.me, phone: live.phone } })
    if (this.#isConfirmed) await live.start()
  }

  /** Nobody is signed in: by `signOut`, or because the account was disabled or its session revoked. */
  async #leave(): Promise<void> {
    const { platform, store, report } = this.#options
    await this.#endLive()
    await platform.call('replica.close').catch((error: unknown) => report('session.close', error))
    const { settings, connection, windowFocused, power, clockOffset } = store.getState()
    const session = { phase: 'signedOut' } as const
    store.setState({ ...initialState, session, settings, connection, windowFocused, power, clockOffset })
  }

  async #endLive(): Promise<void> {
    clearTimeout(this.#askAgain)
    const live = this.#live
    this.#live = undefined
    await live?.stop()
  }
}
