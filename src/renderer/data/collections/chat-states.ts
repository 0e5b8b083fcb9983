import { parseChatState } from '../converters.ts'
import { followOwn } from './collection.ts'

export const chatStates = followOwn<'chatStates'>('chats', parseChatState)
