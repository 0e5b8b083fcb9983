import type { UserId } from '#shared/domain/ids.ts'
import { totalUnread } from '../features/chats/chat-order.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { useNow } from '../ui/use-now.ts'

/** What asks for attention in all chats: the same number as tray and badge. */
export function useUnread(me: UserId): number {
  const now = useNow()
  return useAppStore(({ chats, people }) => totalUnread(chats, people, me, now))
}
