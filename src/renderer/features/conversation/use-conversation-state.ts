import type { ChatId } from '#shared/domain/ids.ts'
import type { ConversationState } from '../../stores/app-store.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

const nothing: Omit<ConversationState, 'chatId'> = {
  messages: [],
  status: 'loading',
  hasOlder: false,
  loadingOlder: false,
  olderFailed: false,
  firstUnreadId: null,
  generation: 0,
}

/** The open conversation, if it is this chat's: between two chats the store may already hold the other. */
export function useConversationState(chatId: ChatId): Omit<ConversationState, 'chatId'> {
  return useAppStore(({ conversation }) => (conversation?.chatId === chatId ? conversation : nothing))
}
