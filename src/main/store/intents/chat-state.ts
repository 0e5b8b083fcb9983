import { clearFlagsChanged, flagsChanged } from '../chat-states.ts'
import { loadChat } from '../chats-read.ts'
import type { IntentLoader } from './intent.ts'

/** The account's own state of a chat. */
export const chatState: IntentLoader<'chatState'> = {
  load(context, { chatId }) {
    const state = chatId === null ? undefined : loadChat(context, chatId)?.state
    return state && { ...state, flagsChanged: flagsChanged(context, state.chatId) }
  },
  end(context, { key }) {
    clearFlagsChanged(context, key)
  },
  fail: null,
}
