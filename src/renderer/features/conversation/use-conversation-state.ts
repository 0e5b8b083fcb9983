import { useMemo } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { emptyConversation, type ConversationState } from '../../stores/app-store.ts'
import { messagesOf } from '../../stores/messages.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/** Returns the chat's conversation with its messages. Empty while the store holds another chat's conversation, or none. */
export function useConversationState(
  chatId: ChatId,
): Omit<ConversationState, 'chatId'> & { messages: readonly Message[] } {
  const state = useAppStore(({ conversation }) =>
    conversation?.chatId === chatId ? conversation : emptyConversation,
  )
  const all = useAppStore(({ messages }) => messages)
  const messages = useMemo(() => messagesOf(all, state.keys), [all, state.keys])
  return { ...state, messages }
}
