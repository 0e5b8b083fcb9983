import {
  collection,
  deleteDoc,
  doc,
  increment,
  serverTimestamp,
  setDoc,
  updateDoc,
  type CollectionReference,
  type DocumentReference,
  type Firestore,
} from 'firebase/firestore'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import {
  inviteCodeSchema,
  type Invite,
  type InviteCode,
  type InviteDetails,
  type InviteOptions,
  type InvitePreview,
} from '#shared/domain/invite.ts'
import { parseInvite, parseRequest } from './converters.ts'
import type { Lane } from './lanes.ts'
import type { MessagesRepository, OutgoingMessage } from './messages-repository.ts'
import { readAll, readOne, timestampOrNull, type WireContext } from './reading.ts'
import { withTimeout } from './wire-error.ts'

/** Most links and requests that an admin's client reads. */
const LIST_LIMIT = 100

/** Someone who waits for an admin to accept them. */
export interface JoinRequest {
  userId: UserId
  /** Server ms. */
  at: number
}

interface InvitesOptions {
  db: Firestore
  lane: Lane
  me: UserId
  context: WireContext
  messages: MessagesRepository
}

/** Links to a group, and the requests of people who use them. */
export class InvitesRepository {
  readonly #db: Firestore
  readonly #lane: Lane
  readonly #me: UserId
  readonly #context: WireContext
  readonly #messages: MessagesRepository

  constructor({ db, lane, me, context, messages }: InvitesOptions) {
    this.#db = db
    this.#lane = lane
    this.#me = me
    this.#context = context
    this.#messages = messages
  }

  /** Returns undefined when there is no such link or it is malformed. */
  async get({ chatId, code }: Invite): Promise<InviteDetails | undefined> {
    const data = await readOne(this.#context, inviteOf(this.#db, chatId, code))
    return data && parseInvite(data)
  }

  /** Returns the links of a group that are not revoked. Only an admin may call it. */
  async list(chatId: ChatId): Promise<{ code: InviteCode; details: InviteDetails }[]> {
    const { items } = await readAll(
      this.#context,
      collection(this.#db, 'chats', chatId, 'invites'),
      LIST_LIMIT,
      (document) => {
        const code = inviteCodeSchema.safeParse(document.id)
        const details = parseInvite(document.data())
        return code.success && details !== undefined ? { code: code.data, details } : undefined
      },
    )
    return items.filter(({ details }) => !details.revoked)
  }

  async create({ chatId, code }: Invite, shown: InvitePreview, options: InviteOptions): Promise<void> {
    const { expiresAt, maxJoins, approve } = options
    const choices = { expiresAt: timestampOrNull(expiresAt), maxJoins, approve }
    const fields = { ...shown, ...choices, createdAt: serverTimestamp(), joins: 0, revoked: false }
    const reference = inviteOf(await this.#lane.db(), chatId, code)
    await this.#write(reference, () => setDoc(reference, fields))
  }

  /** Updates what the link shows. */
  async renew({ chatId, code }: Invite, shown: InvitePreview): Promise<void> {
    const reference = inviteOf(await this.#lane.db(), chatId, code)
    await this.#write(reference, () => updateDoc(reference, { ...shown }))
  }

  async revoke({ chatId, code }: Invite): Promise<void> {
    const reference = inviteOf(await this.#lane.db(), chatId, code)
    const empty = { title: '', description: '', photo: null, memberCount: 0 }
    await this.#write(reference, () => updateDoc(reference, { ...empty, revoked: true }))
  }

  /** Proves that this person knows the code. Joining needs it, and it is all where an admin must accept. */
  async ask({ chatId, code }: Invite): Promise<void> {
    const reference = doc(requestsOf(await this.#lane.db(), chatId), this.#me)
    await this.#write(reference, () => setDoc(reference, { code, at: serverTimestamp() }))
  }

  /** Whether this person waits for an admin to accept them. */
  async hasAsked(chatId: ChatId): Promise<boolean> {
    return (await readOne(this.#context, doc(requestsOf(this.#db, chatId), this.#me))) !== undefined
  }

  /** Returns who asks to join. Only an admin may call it. */
  async requests(chatId: ChatId): Promise<JoinRequest[]> {
    const { items } = await readAll(this.#context, requestsOf(this.#db, chatId), LIST_LIMIT, (document) =>
      parseRequest(document.id, document.data()),
    )
    return items
  }

  /** Deletes a request: an admin declines it, or this person takes it back. */
  async removeRequest(chatId: ChatId, userId = this.#me): Promise<void> {
    const reference = doc(requestsOf(await this.#lane.db(), chatId), userId)
    await this.#write(reference, () => deleteDoc(reference))
  }

  /** Joins the group, in one batch with the count of the link. `ask` must have been accepted before. */
  join(message: OutgoingMessage, code: InviteCode): Promise<void> {
    const joined = this.#messages.send(message, 'update', (batch, chat) => {
      batch.update(doc(chat, 'invites', code), { joins: increment(1), memberCount: increment(1) })
      batch.delete(doc(chat, 'requests', this.#me))
    })
    return withTimeout(joined, this.#context.onTimeout)
  }

  async #write(reference: DocumentReference, write: () => Promise<void>): Promise<void> {
    this.#context.operations.wrote(reference.path)
    await withTimeout(write(), this.#context.onTimeout)
  }
}

function inviteOf(db: Firestore, chatId: ChatId, code: InviteCode): DocumentReference {
  return doc(db, 'chats', chatId, 'invites', code)
}

function requestsOf(db: Firestore, chatId: ChatId): CollectionReference {
  return collection(db, 'chats', chatId, 'requests')
}
