import type { ChatId } from '#shared/domain/ids.ts'
import type { IntentPayload, LoadedKind, StoredKind } from '#shared/intents/index.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { Context, Writing } from '../context.ts'

/** An outbox row. */
export interface OutboxRow {
  key: string
  chatId: ChatId | null
}

/** How the replica handles an intent whose payload comes from its tables. */
export interface IntentLoader<K extends LoadedKind> {
  /** Returns the payload, not parsed yet; null for a failed message, which waits for the person. */
  load(context: Context, row: OutboxRow): { [P in keyof IntentPayload<K>]: unknown } | null | undefined
  /** Updates the tables after the intent was removed from the outbox. */
  end(context: Writing, row: OutboxRow, outcome: 'done' | 'dropped'): void
  /** Keeps the intent for the person to retry or discard; null for an intent that is dropped instead. */
  fail: ((context: Writing, row: OutboxRow, failure: Message['failure']) => void) | null
}

/** The effect of a stored intent on the replica, applied in the transaction that queues it. */
export interface IntentEffect<K extends StoredKind> {
  /** Returns false when nothing changes; then nothing is queued. */
  apply(context: Writing, payload: IntentPayload<K>): boolean
  /** Updates the tables after the intent was removed from the outbox. Absent: there is nothing to update. */
  end?(context: Writing, payload: IntentPayload<K>, outcome: 'done' | 'dropped'): void
  /** The same after it has failed. Absent: the intent cannot fail. */
  fail?(context: Writing, payload: IntentPayload<K>, failure: Message['failure']): void
}
