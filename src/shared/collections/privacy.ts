import { privacySchema } from '../domain/account.ts'
import { defineCollection } from './collection.ts'

/** The setting who may see when this person is online: one document. */
export const privacy = defineCollection('privacy', privacySchema)
