import { contactSchema } from '../domain/person.ts'
import { defineCollection } from './collection.ts'

/** Private names and numbers. */
export const contacts = defineCollection('contacts', contactSchema)
