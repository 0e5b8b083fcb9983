import { loadPerson, writeBlock } from '../people.ts'
import type { StoredIntent } from './intent.ts'

export const block: StoredIntent<'block'> = {
  apply(context, changed) {
    const isBlocked = loadPerson(context, changed.userId)?.blocked ?? false
    if (isBlocked === changed.blocked) return false
    writeBlock(context, changed)
    return true
  },
}
