import { ownProfileSchema } from '../domain/account.ts'
import { defineCollection } from './collection.ts'

/** The own public profile: one document. */
export const profile = defineCollection('profile', ownProfileSchema)
