import type { Account } from '#shared/domain/account.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Activity } from '#shared/domain/receipts.ts'

/** Rows that a transaction is about to write. Each row is read before and after the write; it has changed if the two differ. */
export class Watched<K extends readonly string[], T> {
  readonly #read: (...key: K) => T | undefined
  readonly #before = new Map<string, { key: K; row: string | undefined }>()

  constructor(read: (...key: K) => T | undefined) {
    this.#read = read
  }

  /** Call it before writing the row. */
  watch(...key: K): void {
    const name = key.join('/')
    if (!this.#before.has(name)) this.#before.set(name, { key, row: JSON.stringify(this.#read(...key)) })
  }

  /** Returns the full rows that changed since they were first watched, without removed rows. */
  changed(): T[] {
    return [...this.#before.values()].flatMap(({ key, row }) => {
      const after = this.#read(...key)
      return after === undefined || JSON.stringify(after) === row ? [] : [after]
    })
  }
}

/** The changes of one transaction. The writing functions fill it; `toReplicaChange` reads it before the commit. */
export interface Changes {
  readonly chats: Watched<[ChatId], Chat>
  readonly messages: Watched<[ChatId, MessageId], Message>
  readonly people: Watched<[UserId], Person>
  readonly activities: Watched<[ChatId, UserId], Activity>
  readonly account: Watched<[], Account>
  readonly removedChatIds: ChatId[]
  readonly removedMessages: { chatId: ChatId; id: MessageId }[]
  /** Live messages of others that were inserted. */
  readonly arrived: { chatId: ChatId; id: MessageId }[]
  /** Files that nothing refers to any more: their bytes are to be deleted. */
  readonly freed: Sha256[]
  /** An intent was added or replaced. */
  outbox: boolean
}
