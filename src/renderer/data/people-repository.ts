import { doc, type Firestore } from 'firebase/firestore'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import type { Profile } from '#shared/domain/person.ts'
import type { Photo } from '#shared/domain/photo.ts'
import { parsePhone, parsePhoto, parseProfile } from './converters.ts'
import { readOne, type WireContext } from './reading.ts'
import { toWireError } from './wire-error.ts'

export class PeopleRepository {
  readonly #db: Firestore
  readonly #context: WireContext

  constructor(db: Firestore, context: WireContext) {
    this.#db = db
    this.#context = context
  }

  /** Returns undefined when there is no profile or it is malformed. */
  async profile(userId: UserId): Promise<Profile | undefined> {
    const reference = doc(this.#db, 'users', userId)
    const data = await readOne(this.#context, reference)
    if (data === undefined) return undefined
    const profile = parseProfile(userId, data)
    if (profile === undefined) {
      this.#context.onUnreadable(reference.path)
      return undefined
    }
    const { photo } = profile
    return { ...profile, photo: photo === 'contacts' ? await this.#photoForContacts(userId) : photo }
  }

  /** Returns the photo that only the person's contacts may read, null for everyone else. */
  async #photoForContacts(userId: UserId): Promise<Photo | null> {
    try {
      const data = await readOne(this.#context, doc(this.#db, 'users', userId, 'private', 'photo'))
      return (data && parsePhoto(data)?.photo) ?? null
    } catch (error) {
      if (toWireError(error).failure === 'denied') return null
      throw error
    }
  }

  /** Returns the account that has exactly this phone number. */
  async byPhone(phone: Phone): Promise<UserId | undefined> {
    const data = await readOne(this.#context, doc(this.#db, 'phones', phone))
    return data === undefined ? undefined : parsePhone(data)
  }
}
