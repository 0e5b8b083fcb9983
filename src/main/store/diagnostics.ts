import { loadSyncCursors } from './sync-cursors.ts'
import type { CallResult } from './main-methods.ts'
import type { Context } from './context.ts'
import { replicaCountsSchema } from './diagnostics-schema.ts'

/** Counts what is in the replica. Returns no text of it: names of columns and values of fixed lists only. */
export function countReplica(context: Context): CallResult<'diagnostics.counts'> {
  const { db } = context
  const number = (sql: string): number => Number(db.get(sql)?.['n'] ?? 0)
  const by = (sql: string): Record<string, number> =>
    Object.fromEntries(db.all(sql).map(({ name, n }) => [String(name), Number(n)]))
  const chats = by('SELECT kind AS name, count(*) AS n FROM chats GROUP BY kind')
  const ages: [string, number][] = Object.entries(loadSyncCursors(context)).map(([name, at]) => [
    name,
    Math.round((context.now() - at) / 1000),
  ])
  return replicaCountsSchema.parse({
    people: number('SELECT count(*) AS n FROM people'),
    chats: {
      direct: chats['direct'] ?? 0,
      group: chats['group'] ?? 0,
      behind: number('SELECT count(*) AS n FROM chats WHERE revision > synced_revision'),
    },
    messages: by('SELECT delivery AS name, count(*) AS n FROM messages GROUP BY delivery'),
    outbox: by('SELECT kind AS name, count(*) AS n FROM outbox GROUP BY kind'),
    uploads: number('SELECT count(*) AS n FROM uploads WHERE finished = 0'),
    recordings: number('SELECT count(DISTINCT chat_id) AS n FROM recordings'),
    files: {
      count: number('SELECT count(*) AS n FROM files'),
      bytes: number('SELECT coalesce(sum(size), 0) AS n FROM files'),
    },
    cursorAges: Object.fromEntries(ages),
  })
}
