import { loadPerson, writeBlock } from '../people.ts'
import type { IntentEffect } from './intent.ts'

export const block: IntentEffect<'block'> = {
  apply(context, changed) {
    const isBlocked = loadPerson(context, changed.userId)?.blocked ?? false
    if (isBlocked === changed.blocked) return false
    writeBlock(context, changed)
    return true
  },
}
