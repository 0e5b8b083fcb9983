import type { ChatId } from '#shared/domain/ids.ts'
import type { OutboxKind } from '#shared/domain/outbox.ts'
import type { Context, Writing } from './context.ts'

/**
 * Queues an intent at the end. One of the same kind and key that still waits is replaced, so that its version, the
 * position, tells whether something changed while it was on its way.
 */
export function enqueue(context: Writing, kind: OutboxKind, key: string, chatId: ChatId | null): void {
  removeIntent(context, kind, key)
  context.db.run('INSERT INTO outbox (kind, key, chat_id) VALUES (?, ?, ?)', kind, key, chatId)
  context.changes.outbox = true
}

export function removeIntent(context: Context, kind: OutboxKind, key: string): void {
  context.db.run('DELETE FROM outbox WHERE kind = ? AND key = ?', kind, key)
}

export function isWaiting(context: Context, kind: OutboxKind, key: string): boolean {
  return context.db.get('SELECT 1 FROM outbox WHERE kind = ? AND key = ?', kind, key) !== undefined
}
