import { useMemo } from 'react'
import { hasUnreadMention } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { isMentioned } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/** Returns the oldest loaded message after the read mark that mentions the reader, or null. */
export function useNextMention(chatId: ChatId, me: UserId, messages: readonly Message[]): Message | null {
  const people = useAppStore((state) => state.people)
  const readAt = useAppStore(({ chats }) => {
    const chat = chats.get(chatId)
    return chat !== undefined && hasUnreadMention(chat, me) ? (chat.state.readAt ?? 0) : null
  })
  return useMemo(() => {
    if (readAt === null) return null
    const isUnread = ({ senderId, sentAt, body }: Message): boolean =>
      senderId !== me &&
      (sentAt ?? 0) > readAt &&
      people.get(senderId)?.blocked !== true &&
      isMentioned(body, me)
    return messages.find(isUnread) ?? null
  }, [messages, people, readAt, me])
}
