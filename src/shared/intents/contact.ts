import { contactSchema } from '../domain/person.ts'
import { defineStoredIntent, independent } from './intent.ts'

/** Sets a private name and phone number for someone. */
export const contact = defineStoredIntent('contact', {
  payload: contactSchema,
  key: ({ id }) => id,
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: independent,
})
