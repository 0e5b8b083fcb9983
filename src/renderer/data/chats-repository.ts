import {
  collection,
  doc,
  getCountFromServer,
  query,
  where,
  type Firestore,
  type Query,
} from 'firebase/firestore'
import type { WireChat } from '#shared/domain/chat.ts'
import type { ChatId, ServerTime, UserId } from '#shared/domain/ids.ts'
import { parseChat } from './converters.ts'
import {
  changedSince,
  follow,
  readAll,
  readOne,
  type Listener,
  type ParseDocument,
  type WireContext,
} from './reading.ts'
import { answered, WireError } from './wire-error.ts'

export class ChatsRepository {
  readonly #db: Firestore
  readonly #me: UserId
  readonly #context: WireContext

  constructor(db: Firestore, me: UserId, context: WireContext) {
    this.#db = db
    this.#me = me
    this.#context = context
  }

  /** Follows my chats that changed after `since`. */
  follow(since: ServerTime, listener: Listener<WireChat>): () => void {
    return follow(this.#context, changedSince(this.#mine(), since), this.#parse, listener)
  }

  /** Undefined when the chat does not exist, or is not mine: the server does not tell which. */
  async get(chatId: ChatId): Promise<WireChat | undefined> {
    try {
      const data = await readOne(this.#context, doc(this.#db, 'chats', chatId))
      return data === undefined ? undefined : parseChat(chatId, data, this.#me)
    } catch (error) {
      if (error instanceof WireError && error.failure === 'denied') return undefined
      throw error
    }
  }

  /** How many chats I am in; costs one read per thousand. */
  async count(): Promise<number> {
    const snapshot = await answered(getCountFromServer(this.#mine()))
    this.#context.operations.read('chats')
    return snapshot.data().count
  }

  /** Every chat that I am in, and the ids of all, also of one that is not understood; as many reads. */
  async all(): Promise<{ chats: WireChat[]; ids: ReadonlySet<string> }> {
    const { items, ids } = await readAll(this.#context, this.#mine(), Infinity, this.#parse)
    return { chats: items, ids }
  }

  #mine(): Query {
    return query(collection(this.#db, 'chats'), where('memberIds', 'array-contains', this.#me))
  }

  readonly #parse: ParseDocument<WireChat> = (document) => parseChat(document.id, document.data(), this.#me)
}
