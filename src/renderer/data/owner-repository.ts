import {
  doc,
  serverTimestamp,
  setDoc,
  updateDoc,
  writeBatch,
  type DocumentData,
  type DocumentReference,
  type Firestore,
} from 'firebase/firestore'
import {
  defaultPrivacy,
  publicPhoto,
  type OwnPhoto,
  type OwnProfile,
  type Privacy,
} from '#shared/domain/account.ts'
import type { ChatState } from '#shared/domain/chat.ts'
import type { ChatId, Phone, ServerTime, UserId } from '#shared/domain/ids.ts'
import type { Photo } from '#shared/domain/photo.ts'
import type { ChangedState } from '#shared/intents/chat-state.ts'
import {
  parseChatState,
  parseClock,
  parseOwnProfile,
  parsePhone,
  parsePhoto,
  parseSettings,
} from './converters.ts'
import type { Lane } from './lanes.ts'
import { readOne, timestampOrNull, type WireContext } from './reading.ts'
import { accepted, withTimeout } from './wire-error.ts'

/** The signed-in person's own documents, private and public. */
export class OwnerRepository {
  readonly #db: Firestore
  readonly #prompt: Lane
  readonly #background: Lane
  readonly #me: UserId
  readonly #context: WireContext
  /** Chats known to have a state on the wire. */
  readonly #withState = new Set<ChatId>()

  constructor(options: { db: Firestore; prompt: Lane; background: Lane; me: UserId; context: WireContext }) {
    this.#db = options.db
    this.#prompt = options.prompt
    this.#background = options.background
    this.#me = options.me
    this.#context = options.context
  }

  async chatState(chatId: ChatId): Promise<ChatState | undefined> {
    const data = await readOne(this.#context, this.#own(this.#db, 'chats', chatId))
    return data === undefined ? undefined : parseChatState(chatId, data)
  }

  async profile(): Promise<OwnProfile | undefined> {
    const data = await readOne(this.#context, doc(this.#db, 'users', this.#me))
    return data === undefined ? undefined : parseOwnProfile(data)
  }

  /** Returns the own photo that the server has; null: none. */
  async photo(): Promise<Photo | null> {
    const data = await readOne(this.#context, this.#own(this.#db, 'private', 'photo'))
    return (data && parsePhoto(data))?.photo ?? null
  }

  /** Sets name and about text. The photo in the profile stays. */
  async writeProfile(profile: OwnProfile): Promise<void> {
    const reference = doc(await this.#prompt.db(), 'users', this.#me)
    this.#context.operations.wrote(reference.path)
    await accepted(() => setDoc(reference, { ...profile, updatedAt: serverTimestamp() }, { merge: true }))
  }

  /** Sets who may see what, and shows or hides the photo in the profile. */
  async writePrivacy(privacy: Privacy): Promise<void> {
    const photo = await this.photo()
    await this.#writeWithProfile({ settings: privacy }, { photo: publicPhoto({ photo }, privacy) })
  }

  /** Sets the photo, and shows it in the profile if everyone may see it. */
  async writePhoto(own: OwnPhoto): Promise<void> {
    const data = await readOne(this.#context, this.#own(this.#db, 'private', 'settings'))
    const privacy = (data && parseSettings(data)) ?? defaultPrivacy
    // The rules look for the choice, so it must be there.
    const settings = data?.['photo'] === undefined ? { settings: privacy } : {}
    await this.#writeWithProfile({ photo: own, ...settings }, { photo: publicPhoto(own, privacy) })
  }

  /** Replaces private documents and updates the profile, in one batch. */
  async #writeWithProfile(documents: Record<string, DocumentData>, profile: DocumentData): Promise<void> {
    const db = await this.#prompt.db()
    const batch = writeBatch(db)
    for (const [name, fields] of Object.entries(documents)) {
      const reference = this.#own(db, 'private', name)
      this.#context.operations.wrote(reference.path)
      batch.set(reference, { ...fields, updatedAt: serverTimestamp() })
    }
    const reference = doc(db, 'users', this.#me)
    this.#context.operations.wrote(reference.path)
    batch.update(reference, { ...profile, updatedAt: serverTimestamp() })
    await accepted(() => batch.commit())
  }

  /** Replaces a document below the own user document. Adds `updatedAt`. */
  async write(path: readonly string[], fields: DocumentData): Promise<void> {
    const reference = doc(await this.#prompt.db(), 'users', this.#me, ...path)
    await this.#write(reference, { ...fields, updatedAt: serverTimestamp() })
  }

  /** Without `flagsChanged`, an existing state keeps its flags, because another device may have set them. */
  async writeChatState({ chatId, flagsChanged, readCount, readAt, ...flags }: ChangedState): Promise<void> {
    const reference = this.#own(await this.#background.db(), 'chats', chatId)
    const reading = { readCount, readAt: timestampOrNull(readAt), updatedAt: serverTimestamp() }
    const isUpdate = !flagsChanged && (await this.#hasState(chatId))
    if (isUpdate) {
      this.#context.operations.wrote(reference.path)
      await accepted(() => updateDoc(reference, reading))
    } else {
      await this.#write(reference, { ...flags, ...reading })
    }
    this.#withState.add(chatId)
  }

  /** A state that was found once is not fetched again. */
  async #hasState(chatId: ChatId): Promise<boolean> {
    if (!this.#withState.has(chatId)) {
      const data = await readOne(this.#context, this.#own(this.#db, 'chats', chatId))
      if (data === undefined) return false
      this.#withState.add(chatId)
    }
    return true
  }

  /** Assigns the phone number to this account. */
  async claimPhone(phone: Phone): Promise<void> {
    const data = await readOne(this.#context, doc(this.#db, 'phones', phone))
    if (data !== undefined && parsePhone(data) === this.#me) return
    await withTimeout(this.#write(doc(await this.#prompt.db(), 'phones', phone), { uid: this.#me }))
  }

  /** Creates the privacy settings with their defaults, unless they exist. */
  async createSettings(): Promise<void> {
    const data = await readOne(this.#context, this.#own(this.#db, 'private', 'settings'))
    if (data === undefined) await this.write(['private', 'settings'], defaultPrivacy)
  }

  /** Returns a server time (ms). The server read its clock between the local times `before` and `after`. */
  async readClock(): Promise<{ server: ServerTime; before: number; after: number } | undefined> {
    const reference = this.#own(await this.#background.db(), 'private', 'clock')
    const before = Date.now()
    await withTimeout(this.#write(reference, { at: serverTimestamp() }))
    const after = Date.now()
    const data = await readOne(this.#context, this.#own(this.#db, 'private', 'clock'))
    const server = data === undefined ? undefined : parseClock(data)
    return server === undefined ? undefined : { server, before, after }
  }

  async #write(reference: DocumentReference, fields: DocumentData): Promise<void> {
    this.#context.operations.wrote(reference.path)
    await accepted(() => setDoc(reference, fields))
  }

  #own(db: Firestore, name: 'chats' | 'private', id: string): DocumentReference {
    return doc(db, 'users', this.#me, name, id)
  }
}
