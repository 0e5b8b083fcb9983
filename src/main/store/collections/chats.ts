import { applyChat } from '../chats-write.ts'
import type { ApplyItem } from './collection.ts'

export const chats: ApplyItem<'chats'> = applyChat
