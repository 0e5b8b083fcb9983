import { useCallback } from 'react'
import { mayDeleteOthers } from '#shared/domain/group.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/** Returns whether this person may delete a message for everyone. One that failed is nowhere else: it is discarded instead. */
export function useMayDelete(chatId: ChatId, me: UserId): (message: Message) => boolean {
  const { isMember, deletesOthers } = useAppStore(({ chats }) => {
    const chat = chats.get(chatId)
    const group = chat?.group ?? null
    return {
      isMember: chat?.former === false,
      deletesOthers: group !== null && mayDeleteOthers(group, me),
    }
  })
  return useCallback(
    ({ senderId, body, delivery }) =>
      isMember &&
      body !== null &&
      body.kind !== 'event' &&
      delivery !== 'failed' &&
      (senderId === me || deletesOthers),
    [isMember, deletesOthers, me],
  )
}
