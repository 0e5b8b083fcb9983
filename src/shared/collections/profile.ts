import { ownProfileSchema } from '../domain/account.ts'
import { defineCollection } from './collection.ts'

/** This person's public profile. The collection has one document. */
export const profile = defineCollection('profile', ownProfileSchema)
