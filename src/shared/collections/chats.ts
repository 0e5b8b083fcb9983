import { wireChatSchema } from '../domain/chat.ts'
import { defineCollection } from './collection.ts'

/** The chats this person is a member of. */
export const chats = defineCollection('chats', wireChatSchema)
