import type { UserId } from '#shared/domain/ids.ts'
import type { Wire } from '../../data/wire.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { TaskPool } from '../pace.ts'
import type { Report } from '../app/report.ts'

const FRESH_MS = 24 * 3_600_000
/** Minimum time between two background fetches of a profile. */
const RETRY_MS = 10 * 60_000
const MAX_CONCURRENT = 4

export interface ProfilesOptions {
  replica: AccountBridge
  store: AppStore
  wire: Wire
  report: Report
}

/** Fetches other people's profiles into the replica. */
export class Profiles {
  readonly #options: ProfilesOptions
  readonly #pool: TaskPool<UserId>
  readonly #requestedAt = new Map<UserId, number>()

  constructor(options: ProfilesOptions) {
    this.#options = options
    this.#pool = new TaskPool(MAX_CONCURRENT, async (userId) => {
      try {
        await this.read(userId)
      } catch (error) {
        // For example offline: the profile may be fetched again at once.
        this.#requestedAt.delete(userId)
        options.report('people.profile', error)
      }
    })
  }

  /** Fetches the profiles that were never fetched, in the background. */
  fetchMissing(userIds: Iterable<UserId>): void {
    for (const userId of userIds) {
      if (this.#fetchedAt(userId) === 0) this.#add(userId)
    }
  }

  /** Fetches the profile in the background when the stored one is older than a day. */
  refresh(userId: UserId): void {
    if (this.#fetchedAt(userId) < Date.now() - FRESH_MS) this.#add(userId)
  }

  /** Fetches the profile now. Returns false when there is none. Rejects with a WireError or a BridgeError. */
  async read(userId: UserId): Promise<boolean> {
    this.#requestedAt.set(userId, Date.now())
    const profile = await this.#options.wire.people.profile(userId)
    if (profile === undefined) return false
    await this.#options.replica.call('replica.applyProfiles', { profiles: [profile] })
    return true
  }

  stop(): void {
    this.#pool.clear()
  }

  #add(userId: UserId): void {
    if ((this.#requestedAt.get(userId) ?? 0) < Date.now() - RETRY_MS) this.#pool.add(userId)
  }

  #fetchedAt(userId: UserId): number {
    return this.#options.store.getState().people.get(userId)?.profileFetchedAt ?? 0
  }
}
