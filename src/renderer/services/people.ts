import type { Contact } from '#shared/domain/person.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { WireError } from '../data/wire-error.ts'
import type { Platform } from '../platform/bridge.ts'
import { attempt } from './errors.ts'
import type { LiveSession } from './live-session.ts'
import type { Report } from './report.ts'
import type { FindResult, PeopleService } from './services.ts'

export interface PeopleOptions {
  platform: Platform
  live: () => LiveSession | undefined
  report: Report
}

export class People implements PeopleService {
  readonly #options: PeopleOptions
  /** Numbers that were looked up: whoever is then written to is remembered with theirs. */
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
      // Who has not chosen a name yet is not there yet.
      if (userId === undefined || !(await live.profiles.read(userId))) return { kind: 'notFound' }
      this.#foundPhones.set(userId, phone)
      return { kind: 'found', userId }
    })
  }

  setContact(contact: Contact): Promise<void> {
    return attempt(() => this.#options.platform.call('replica.setContact', contact))
  }

  setBlocked(userId: UserId, blocked: boolean): Promise<void> {
    return attempt(() => this.#options.platform.call('replica.setBlocked', { userId, blocked }))
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

  /** The number under which someone was found here. */
  foundPhone(userId: UserId): Phone | undefined {
    return this.#foundPhones.get(userId)
  }
}
