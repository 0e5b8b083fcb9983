import {
  collection,
  doc,
  serverTimestamp,
  setDoc,
  updateDoc,
  type DocumentData,
  type DocumentReference,
  type Firestore,
} from 'firebase/firestore'
import type { OwnProfile, Privacy } from '#shared/domain/account.ts'
import type { ChatState } from '#shared/domain/chat.ts'
import type { ChatId, Phone, ServerTime, UserId } from '#shared/domain/ids.ts'
import type { ChangedState } from '#shared/domain/outbox.ts'
import type { Contact } from '#shared/domain/person.ts'
import {
  parseBlock,
  parseChatState,
  parseClock,
  parseContact,
  parsePhone,
  parseProfile,
  parseSettings,
  type Block,
} from './converters.ts'
import {
  changedSince,
  follow,
  followOne,
  readOne,
  timestampOrNull,
  type Listener,
  type ParseDocument,
  type WireContext,
} from './reading.ts'
import { answered, taken } from './wire-error.ts'

/** What belongs to the signed-in person alone, and their own public documents. */
export class OwnerRepository {
  readonly #db: Firestore
  readonly #me: UserId
  readonly #context: WireContext
  /** Chats whose state is on the wire, as far as is known. */
  readonly #stated = new Set<ChatId>()

  constructor(db: Firestore, me: UserId, context: WireContext) {
    this.#db = db
    this.#me = me
    this.#context = context
  }

  followChatStates(since: ServerTime, listener: Listener<ChatState>): () => void {
    return this.#follow('chats', since, ({ id, data }) => parseChatState(id, data), listener)
  }

  followContacts(since: ServerTime, listener: Listener<Contact>): () => void {
    return this.#follow('contacts', since, ({ id, data }) => parseContact(id, data), listener)
  }

  followBlocks(since: ServerTime, listener: Listener<Block>): () => void {
    return this.#follow('blocked', since, ({ id, data }) => parseBlock(id, data), listener)
  }

  async chatState(chatId: ChatId): Promise<ChatState | undefined> {
    const data = await readOne(this.#context, this.#own('chats', chatId))
    return data === undefined ? undefined : parseChatState(chatId, data)
  }

  async profile(): Promise<OwnProfile | undefined> {
    const data = await readOne(this.#context, this.#user())
    return data === undefined ? undefined : this.#parseProfile(data)
  }

  followProfile(listener: Listener<OwnProfile | undefined>): () => void {
    return followOne(this.#context, this.#user(), (data) => this.#parseProfile(data), listener)
  }

  followPrivacy(listener: Listener<Privacy | undefined>): () => void {
    return followOne(this.#context, this.#own('private', 'settings'), parseSettings, listener)
  }

  writeProfile(profile: OwnProfile): Promise<void> {
    return this.#write(this.#user(), { ...profile, updatedAt: serverTimestamp() })
  }

  writePrivacy(privacy: Privacy): Promise<void> {
    return this.#write(this.#own('private', 'settings'), { ...privacy, updatedAt: serverTimestamp() })
  }

  writeContact({ id, name, phone }: Contact): Promise<void> {
    return this.#write(this.#own('contacts', id), { name, phone, updatedAt: serverTimestamp() })
  }

  writeBlock({ userId, blocked }: Block): Promise<void> {
    return this.#write(this.#own('blocked', userId), { blocked, updatedAt: serverTimestamp() })
  }

  /** Leaves the flags alone that were not changed here: another device may have set them. */
  async writeChatState({ chatId, flagsChanged, readCount, readAt, ...flags }: ChangedState): Promise<void> {
    const reference = this.#own('chats', chatId)
    const reading = { readCount, readAt: timestampOrNull(readAt), updatedAt: serverTimestamp() }
    const isUpdate = !flagsChanged && (await this.#hasState(chatId))
    if (isUpdate) {
      this.#context.operations.wrote(reference.path)
      await taken(() => updateDoc(reference, reading))
    } else {
      await this.#write(reference, { ...flags, ...reading })
    }
    this.#stated.add(chatId)
  }

  /** Asks the server at most once for each chat. */
  async #hasState(chatId: ChatId): Promise<boolean> {
    if (!this.#stated.has(chatId)) {
      const data = await readOne(this.#context, this.#own('chats', chatId))
      if (data === undefined) return false
      this.#stated.add(chatId)
    }
    return true
  }

  /** Makes the number lead to this account. */
  async claimPhone(phone: Phone): Promise<void> {
    const reference = doc(this.#db, 'phones', phone)
    const data = await readOne(this.#context, reference)
    if (data !== undefined && parsePhone(data) === this.#me) return
    await answered(this.#write(reference, { uid: this.#me }))
  }

  /** The server's time (ms) at some moment between `before` and `after` by the local clock. */
  async readClock(): Promise<{ server: ServerTime; before: number; after: number } | undefined> {
    const reference = this.#own('private', 'clock')
    const before = Date.now()
    await answered(this.#write(reference, { at: serverTimestamp() }))
    const after = Date.now()
    const data = await readOne(this.#context, reference)
    const server = data === undefined ? undefined : parseClock(data)
    return server === undefined ? undefined : { server, before, after }
  }

  #follow<T>(
    name: 'chats' | 'contacts' | 'blocked',
    since: ServerTime,
    parse: (document: { id: string; data: DocumentData }) => T | undefined,
    listener: Listener<T>,
  ): () => void {
    const changed = changedSince(collection(this.#user(), name), since)
    const parseDocument: ParseDocument<T> = (document) => parse({ id: document.id, data: document.data() })
    return follow(this.#context, changed, parseDocument, listener)
  }

  async #write(reference: DocumentReference, fields: DocumentData): Promise<void> {
    this.#context.operations.wrote(reference.path)
    await taken(() => setDoc(reference, fields))
  }

  #parseProfile(data: DocumentData): OwnProfile | undefined {
    const profile = parseProfile(this.#me, data)
    return profile && { displayName: profile.displayName, about: profile.about }
  }

  #user(): DocumentReference {
    return doc(this.#db, 'users', this.#me)
  }

  #own(name: 'chats' | 'contacts' | 'blocked' | 'private', id: string): DocumentReference {
    return doc(this.#user(), name, id)
  }
}
