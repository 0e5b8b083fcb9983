import { markNameSchema, type MarkName, type Result } from '#shared/bridge.ts'
import { serverTimeSchema } from '#shared/domain/ids.ts'
import { parseRow, type Context, type Writing } from './context.ts'

export function loadMarks(context: Context): Result<'replica.marks'> {
  const marks: Result<'replica.marks'> = {}
  for (const row of context.db.all('SELECT name, at FROM marks')) {
    const name = parseRow(context, markNameSchema, row['name'], 'mark')
    const at = parseRow(context, serverTimeSchema, row['at'], 'mark')
    if (name !== undefined && at !== undefined) marks[name] = at
  }
  return marks
}

/** Moves a mark forward, never back. */
export function raiseMark(context: Writing, name: MarkName, at: number | null): void {
  if (at === null) return
  context.db.run(
    `INSERT INTO marks (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = max(at, excluded.at)`,
    name,
    at,
  )
}
