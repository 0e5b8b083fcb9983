import type { Phone, UserId } from '#shared/domain/ids.ts'
import { WireError } from '../../data/wire-error.ts'
import { attempt } from '../app/errors.ts'
import type { LiveSession } from '../session/live-session.ts'
import type { Report } from '../app/report.ts'
import type { FindResult, PeopleService } from '../services.ts'

export interface PeopleOptions {
  live: () => LiveSession | undefined
  report: Report
}

export class People implements PeopleService {
  readonly #options: PeopleOptions
  /** Phone numbers by which people were found. Opening a chat with the person stores the number. */
  readonly #foundPhones = new Map<UserId, Phone>()

  constructor(options: PeopleOptions) {
    this.#options = options
  }

  findByPhone(phone: Phone): Promise<FindResult> {
    return attempt(async () => {
      const live = this.#options.live()
      if (live === undefined) throw new WireError('denied')
      if (phone === live.phone) return { kind: 'self' }
      const userId = await live.wire.people.byPhone(phone)
      if (userId === live.me) return { kind: 'self' }
      // An account without a name has not finished signing up.
      if (userId === undefined || !(await live.profiles.read(userId))) return { kind: 'notFound' }
      this.#foundPhones.set(userId, phone)
      return { kind: 'found', userId }
    })
  }

  async refresh(userId: UserId, force = false): Promise<void> {
    const profiles = this.#options.live()?.profiles
    if (profiles === undefined) return
    if (!force) {
      profiles.refresh(userId)
      return
    }
    try {
      await profiles.read(userId)
    } catch (error) {
      this.#options.report('people.refresh', error)
    }
  }

  watchPresence(userId: UserId): () => void {
    return this.#options.live()?.presence.watch(userId) ?? (() => undefined)
  }

  /** Returns the phone number by which the person was found in this session. */
  foundPhone(userId: UserId): Phone | undefined {
    return this.#foundPhones.get(userId)
  }
}
