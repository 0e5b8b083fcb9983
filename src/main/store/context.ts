import type { z } from 'zod'
import type { UserId } from '#shared/domain/ids.ts'
import type { Changes } from './changes.ts'
import type { Database } from './database.ts'
import type { StoreLog } from './protocol.ts'

/** Everything that a reading function needs. */
export interface Context {
  readonly db: Database
  readonly me: UserId
  /** The local clock, in ms. */
  readonly now: () => number
  readonly log: StoreLog
}

/** Everything that a writing function needs. */
export interface Writing extends Context {
  readonly changes: Changes
}

/** Parses a row. A bad row gives undefined and a line in the log, so that it never breaks a list. */
export function parseRow<T>(
  context: Context,
  schema: z.ZodType<T>,
  value: unknown,
  name: string,
): T | undefined {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`)
  context.log('store.bad-row', `${name} ${paths.join(', ')}`)
  return undefined
}

/** Parses a JSON column; undefined when it holds no JSON. */
export function fromJson(column: unknown): unknown {
  if (column === null) return null
  if (typeof column !== 'string') return undefined
  try {
    return JSON.parse(column)
  } catch {
    return undefined
  }
}
