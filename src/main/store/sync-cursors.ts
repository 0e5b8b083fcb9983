import type { Result } from '#shared/bridge/index.ts'
import { collectionNameSchema, type CollectionName } from '#shared/collections/index.ts'
import { serverTimeSchema } from '#shared/domain/ids.ts'
import { parseRow, type Context, type Writing } from './context.ts'

export function loadSyncCursors(context: Context): Result<'replica.syncCursors'> {
  const cursors: Result<'replica.syncCursors'> = {}
  for (const row of context.db.all('SELECT name, at FROM sync_cursors')) {
    const name = parseRow(context, collectionNameSchema, row['name'], 'sync cursor')
    const at = parseRow(context, serverTimeSchema, row['at'], 'sync cursor')
    if (name !== undefined && at !== undefined) cursors[name] = at
  }
  return cursors
}

/** Whether the collection has been read from the wire before. */
export function hasSyncCursor(context: Context, name: CollectionName): boolean {
  return context.db.get('SELECT 1 FROM sync_cursors WHERE name = ?', name) !== undefined
}

/** Moves a cursor forward, never back. */
export function raiseSyncCursor(context: Writing, name: CollectionName, at: number | null): void {
  if (at === null) return
  context.db.run(
    `INSERT INTO sync_cursors (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = max(at, excluded.at)`,
    name,
    at,
  )
}
