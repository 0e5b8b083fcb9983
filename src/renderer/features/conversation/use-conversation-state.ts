import { useMemo } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { emptyConversation, type ConversationState } from '../../stores/app-store.ts'
import { messagesOf, unsavedOf } from '../../stores/messages.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/**
 * Returns the chat's conversation with its messages, which end with the `unsaved` ones. Empty while the store holds another chat's
 * conversation, or none.
 */
export function useConversationState(
  chatId: ChatId,
): Omit<ConversationState, 'chatId'> & { messages: readonly Message[]; unsaved: readonly Message[] } {
  const state = useAppStore(({ conversation }) =>
    conversation?.chatId === chatId ? conversation : emptyConversation,
  )
  const all = useAppStore(({ messages }) => messages)
  const unsaved = useAppStore((app) => unsavedOf(chatId, app.saving, app.messages))
  const messages = useMemo(() => [...messagesOf(all, state.keys), ...unsaved], [all, state.keys, unsaved])
  return { ...state, messages, unsaved }
}
