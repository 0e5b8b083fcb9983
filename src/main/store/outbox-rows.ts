import type { ChatId } from '#shared/domain/ids.ts'
import {
  storedDefinitionOf,
  type IntentKind,
  type IntentPayload,
  type IntentRequest,
  type LoadedKind,
  type StoredKind,
} from '#shared/intents/index.ts'
import type { Context, Writing } from './context.ts'

/** Queues an intent whose payload is loaded from the replica when it is sent. */
export function enqueueLoaded(context: Writing, kind: LoadedKind, key: string, chatId: ChatId): void {
  enqueue(context, kind, key, { chatId, payload: null })
}

/** Queues an intent with its payload. */
export function enqueueStored(context: Writing, { kind, payload }: IntentRequest): void {
  enqueue(context, kind, keyOf(kind, payload), { chatId: chatOf(payload), payload: JSON.stringify(payload) })
}

/** The chat with which the intent is deleted; null: none. */
export function chatOf(payload: IntentRequest['payload']): ChatId | null {
  const place = 'place' in payload ? payload.place : payload
  return 'chatId' in place ? place.chatId : null
}

/**
 * Appends an intent. It replaces a waiting one of the same kind and key. Its position is its version, so an
 * acknowledgement of the replaced one has no effect.
 */
function enqueue(
  context: Writing,
  kind: IntentKind,
  key: string,
  { chatId, payload }: { chatId: ChatId | null; payload: string | null },
): void {
  removeIntent(context, kind, key)
  context.db.run(
    'INSERT INTO outbox (kind, key, chat_id, payload) VALUES (?, ?, ?, ?)',
    kind,
    key,
    chatId,
    payload,
  )
  context.changes.outbox = true
}

export function removeIntent(context: Context, kind: IntentKind, key: string): void {
  context.db.run('DELETE FROM outbox WHERE kind = ? AND key = ?', kind, key)
}

export function isWaiting(context: Context, kind: IntentKind, key: string): boolean {
  return context.db.get('SELECT 1 FROM outbox WHERE kind = ? AND key = ?', kind, key) !== undefined
}

function keyOf<K extends StoredKind>(kind: K, payload: IntentPayload<K>): string {
  return storedDefinitionOf(kind).key(payload)
}
