import { privacySchema } from '../domain/account.ts'
import { defineCollection } from './collection.ts'

/** Who may see when this person is online. The collection has one document. */
export const privacy = defineCollection('privacy', privacySchema)
