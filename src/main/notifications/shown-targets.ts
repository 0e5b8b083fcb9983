import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { chatIdSchema, messageIdSchema, userIdSchema } from '#shared/domain/ids.ts'

/** What a click on a notification opens. */
const targetSchema = z.strictObject({
  account: userIdSchema,
  chatId: chatIdSchema,
  messageId: messageIdSchema,
})
export type Target = z.infer<typeof targetSchema>

const fileSchema = z.array(z.tuple([z.uuid(), targetSchema])).catch([])

/** How many are kept; the oldest goes first. Systems keep about as many. */
const LIMIT = 50

/** The notifications that the system may show, by their id. */
export interface ShownTargets {
  add(id: string, target: Target): void
  get(id: string): Target | undefined
  remove(id: string): void
  clear(): void
}

/**
 * Keeps the targets in a file, because a click on a notification can start the app. A file that cannot be read or written only costs
 * such a click its chat. It contains ids only.
 */
export function openShownTargets(file: string | null, onError: (error: unknown) => void): ShownTargets {
  const targets = new Map(file === null ? [] : fileSchema.parse(read(file)))

  function save(): void {
    if (file === null) return
    try {
      writeFileSync(file, JSON.stringify([...targets]))
    } catch (error) {
      onError(error)
    }
  }

  return {
    add(id, target) {
      targets.set(id, target)
      const [oldest] = targets.keys()
      if (targets.size > LIMIT && oldest !== undefined) targets.delete(oldest)
      save()
    },
    get: (id) => targets.get(id),
    remove(id) {
      if (targets.delete(id)) save()
    },
    clear() {
      if (targets.size === 0) return
      targets.clear()
      save()
    },
  }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}
