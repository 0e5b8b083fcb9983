import { chatStateSchema } from '../domain/chat.ts'
import { defineCollection } from './collection.ts'

/** This person's own state of each chat. */
export const chatStates = defineCollection('chatStates', chatStateSchema)
