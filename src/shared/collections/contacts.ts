import { contactSchema } from '../domain/person.ts'
import { defineCollection } from './collection.ts'

/** Private names and phone numbers of other people. */
export const contacts = defineCollection('contacts', contactSchema)
