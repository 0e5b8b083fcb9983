import { peerOf } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { AppState } from './app-store.ts'
import { useAppStore } from './use-app-store.ts'

/** The small picture of a person's photo; null: no photo, or a hidden one. Of oneself it is the own one, whoever may see it. */
export function usePersonPicture(userId: UserId): string | null {
  return useAppStore((state) => personPicture(state, userId))
}

/** The small picture of a chat: that of the group, or of the other person. */
export function useChatPicture(chatId: ChatId, me: UserId): string | null {
  return useAppStore((state) => {
    const chat = state.chats.get(chatId)
    const peer = chat && peerOf(chat, me)
    return peer === undefined ? (chat?.group?.photo?.small ?? null) : personPicture(state, peer)
  })
}

function personPicture({ people, account, session }: AppState, userId: UserId): string | null {
  const isMe = 'me' in session && session.me === userId
  return (isMe ? account?.photo : people.get(userId)?.photo)?.small ?? null
}
