import type { Phone, UserId } from '#shared/domain/ids.ts'
import { WireError } from '../../data/wire-error.ts'
import { attempt } from '../app/errors.ts'
import type { CurrentAccount } from '../session/account-session.ts'
import type { Report } from '../app/report.ts'
import type { FindResult, PeopleService } from '../services.ts'

export interface PeopleOptions {
  account: CurrentAccount
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
      const account = this.#options.account()
      if (account === undefined) throw new WireError('denied')
      if (phone === account.phone) return { kind: 'self' }
      const live = await account.whenLive()
      const userId = await live.wire.people.byPhone(phone)
      if (userId === account.me) return { kind: 'self' }
      // An account without a name has not finished signing up.
      if (userId === undefined || !(await live.profiles.read(userId))) return { kind: 'notFound' }
      this.#foundPhones.set(userId, phone)
      return { kind: 'found', userId }
    })
  }

  async refresh(userId: UserId, force = false): Promise<void> {
    const account = this.#options.account()
    if (!force) {
      account?.onLive(({ profiles }) => profiles.refresh(userId))
      return
    }
    try {
      const live = await account?.whenLive()
      await live?.profiles.read(userId)
    } catch (error) {
      this.#options.report('people.refresh', error)
    }
  }

  watchPresence(userId: UserId): () => void {
    return this.#options.account()?.whileLive(({ presence }) => presence.watch(userId)) ?? (() => undefined)
  }

  /** Returns the phone number by which the person was found in this session. */
  foundPhone(userId: UserId): Phone | undefined {
    return this.#foundPhones.get(userId)
  }
}
