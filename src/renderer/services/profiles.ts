import type { UserId } from '#shared/domain/ids.ts'
import type { Wire } from '../data/wire.ts'
import type { Platform } from '../platform/bridge.ts'
import type { AppStore } from '../stores/app-store.ts'
import { TaskPool } from './pace.ts'
import type { Report } from './report.ts'

const FRESH_MS = 24 * 3_600_000
/** Someone without a readable profile is not asked for again before this. */
const RETRY_MS = 10 * 60_000
const AT_A_TIME = 4

export interface ProfilesOptions {
  platform: Platform
  store: AppStore
  wire: Wire
  report: Report
}

/** Reads other people's profiles into the replica. */
export class Profiles {
  readonly #options: ProfilesOptions
  readonly #pool: TaskPool<UserId>
  readonly #askedAt = new Map<UserId, number>()

  constructor(options: ProfilesOptions) {
    this.#options = options
    this.#pool = new TaskPool(AT_A_TIME, async (userId) => {
      try {
        await this.read(userId)
      } catch (error) {
        // Offline: asked again when the person is looked at.
        this.#askedAt.delete(userId)
        options.report('people.profile', error)
      }
    })
  }

  /** Asks in the background for those that were never read. */
  want(userIds: Iterable<UserId>): void {
    for (const userId of userIds) {
      if (this.#fetchedAt(userId) === 0) this.#add(userId)
    }
  }

  /** Asks in the background when the profile is older than a day. */
  refresh(userId: UserId): void {
    if (this.#fetchedAt(userId) < Date.now() - FRESH_MS) this.#add(userId)
  }

  /** Reads the profile now; false when there is none. Rejects with a WireError or a BridgeError. */
  async read(userId: UserId): Promise<boolean> {
    this.#askedAt.set(userId, Date.now())
    const profile = await this.#options.wire.people.profile(userId)
    if (profile === undefined) return false
    await this.#options.platform.call('replica.applyProfiles', { profiles: [profile] })
    return true
  }

  stop(): void {
    this.#pool.clear()
  }

  #add(userId: UserId): void {
    if ((this.#askedAt.get(userId) ?? 0) < Date.now() - RETRY_MS) this.#pool.add(userId)
  }

  #fetchedAt(userId: UserId): number {
    return this.#options.store.getState().people.get(userId)?.profileFetchedAt ?? 0
  }
}
