import type { Account } from '#shared/domain/account.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/domain/message.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Activity } from '#shared/domain/receipts.ts'

/** Rows that a transaction is about to touch. Each is read before and after, and counts as changed only when it differs. */
export class Watched<K extends readonly string[], T> {
  readonly #read: (...key: K) => T | undefined
  readonly #before = new Map<string, { key: K; row: string | undefined }>()

  constructor(read: (...key: K) => T | undefined) {
    this.#read = read
  }

  /** To be called before the row is written. */
  watch(...key: K): void {
    const name = key.join('/')
    if (!this.#before.has(name)) this.#before.set(name, { key, row: JSON.stringify(this.#read(...key)) })
  }

  /** The rows that differ now from when they were first watched, whole; a removed one is not among them. */
  changed(): T[] {
    return [...this.#before.values()].flatMap(({ key, row }) => {
      const now = this.#read(...key)
      return now === undefined || JSON.stringify(now) === row ? [] : [now]
    })
  }
}

/** What one transaction changed: filled by the writing functions, read by `toReplicaChange` before the commit. */
export interface Changes {
  readonly chats: Watched<[ChatId], Chat>
  readonly messages: Watched<[ChatId, MessageId], Message>
  readonly people: Watched<[UserId], Person>
  readonly activities: Watched<[ChatId, UserId], Activity>
  readonly account: Watched<[], Account>
  readonly removedChatIds: ChatId[]
  readonly removedMessageIds: MessageId[]
  /** Inserted from the wire, live, from someone else. */
  readonly arrived: { chatId: ChatId; id: MessageId }[]
  /** Something waits for the wire that did not before. */
  outbox: boolean
}
