import { blockSchema } from '../domain/person.ts'
import { defineCollection } from './collection.ts'

/** Whom this person has blocked. */
export const blocks = defineCollection('blocks', blockSchema)
