import { loadPerson, writeContact } from '../people.ts'
import type { IntentEffect } from './intent.ts'

export const contact: IntentEffect<'contact'> = {
  apply(context, changed) {
    const person = loadPerson(context, changed.id)
    if (person?.contactName === changed.name && person.phone === changed.phone) return false
    writeContact(context, changed)
    return true
  },
}
