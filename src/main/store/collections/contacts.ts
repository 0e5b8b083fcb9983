import { isWaiting } from '../outbox-rows.ts'
import { writeContact } from '../people.ts'
import type { ApplyItem } from './collection.ts'

export const contacts: ApplyItem<'contacts'> = (context, contact) => {
  if (!isWaiting(context, 'contact', contact.id)) writeContact(context, contact)
}
