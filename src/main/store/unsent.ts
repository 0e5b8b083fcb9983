import type { Context } from './context.ts'

/** Whether the person has something that is not sent yet: a draft, staged files or a recording. */
export function hasUnsent(context: Context): boolean {
  const row = context.db.get(
    `SELECT EXISTS (SELECT 1 FROM chats WHERE draft <> '' OR staged <> '[]')
         OR EXISTS (SELECT 1 FROM recordings) AS unsent`,
  )
  return row?.['unsent'] === 1
}
