import type { ChatId } from '#shared/domain/ids.ts'
import { emptyConversation, type ConversationState } from '../../stores/app-store.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/** The open conversation, if it is this chat's: between two chats the store may already hold the other. */
export function useConversationState(chatId: ChatId): Omit<ConversationState, 'chatId'> {
  return useAppStore(({ conversation }) =>
    conversation?.chatId === chatId ? conversation : emptyConversation,
  )
}
