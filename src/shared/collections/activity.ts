import { activitySchema } from '../domain/receipts.ts'
import { defineCollection } from './collection.ts'

/** Every member's watermarks and typing, in all of this person's chats. */
export const activity = defineCollection('activity', activitySchema)
