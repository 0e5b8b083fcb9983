import { blockSchema } from '../domain/person.ts'
import { defineCollection } from './collection.ts'

/** The people that this person has blocked. */
export const blocks = defineCollection('blocks', blockSchema)
