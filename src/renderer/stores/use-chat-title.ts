import type { Chat } from '#shared/domain/chat.ts'
import { chatTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useAppStore } from './use-app-store.ts'

/** The title of a chat for `nameOfChat`; empty where it has none. */
export function useChatTitle(chatId: ChatId, me: UserId): { kind: Chat['kind'] | undefined; title: string } {
  return useAppStore(({ chats, people }) => {
    const chat = chats.get(chatId)
    return { kind: chat?.kind, title: chat === undefined ? '' : chatTitle(chat, people, me) }
  })
}
