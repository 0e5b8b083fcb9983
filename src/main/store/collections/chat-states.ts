import { applyChatState } from '../chat-states.ts'
import type { ApplyItem } from './collection.ts'

export const chatStates: ApplyItem<'chatStates'> = applyChatState
