import {
  collection,
  doc,
  getCountFromServer,
  limit,
  query,
  startAfter,
  where,
  type Firestore,
  type Query,
} from 'firebase/firestore'
import type { WireChat } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { parseChat } from './converters.ts'
import { MAX_RESULTS, readAll, readOne, type ParseDocument, type WireContext } from './reading.ts'
import { withTimeout, WireError } from './wire-error.ts'

export class ChatsRepository {
  readonly #db: Firestore
  readonly #me: UserId
  readonly #context: WireContext

  constructor(db: Firestore, me: UserId, context: WireContext) {
    this.#db = db
    this.#me = me
    this.#context = context
  }

  /** Returns undefined when the chat does not exist or this person is not a member. The server does not distinguish the two. */
  async get(chatId: ChatId): Promise<WireChat | undefined> {
    try {
      const data = await readOne(this.#context, doc(this.#db, 'chats', chatId))
      return data === undefined ? undefined : parseChat(chatId, data, this.#me)
    } catch (error) {
      if (error instanceof WireError && error.failure === 'denied') return undefined
      throw error
    }
  }

  /** Counts this person's chats on the server. Costs one read. Returns undefined for MAX_RESULTS chats or more. */
  async count(): Promise<number | undefined> {
    const snapshot = await withTimeout(getCountFromServer(query(this.#mine(), limit(MAX_RESULTS))))
    this.#context.operations.read('chats')
    const { count } = snapshot.data()
    return count < MAX_RESULTS ? count : undefined
  }

  /** Fetches all chats of this person. `ids` also has the ids of malformed chats, which `chats` lacks. Costs one read per chat. */
  async all(): Promise<{ chats: WireChat[]; ids: ReadonlySet<string> }> {
    const chats: WireChat[] = []
    const ids = new Set<string>()
    // Without an order, the server sorts by id. So `startAfter` continues after the last chat of a page.
    const mine = this.#mine()
    let page = await readAll(this.#context, mine, MAX_RESULTS, this.#parse)
    for (;;) {
      chats.push(...page.items)
      for (const id of page.ids) ids.add(id)
      if (!page.full || page.end === undefined) return { chats, ids }
      page = await readAll(this.#context, query(mine, startAfter(page.end)), MAX_RESULTS, this.#parse)
    }
  }

  #mine(): Query {
    return chatsOf(this.#db, this.#me)
  }

  readonly #parse: ParseDocument<WireChat> = (document) => parseChat(document.id, document.data(), this.#me)
}

/** The query for all chats of one person. */
export function chatsOf(db: Firestore, me: UserId): Query {
  return query(collection(db, 'chats'), where('memberIds', 'array-contains', me))
}
