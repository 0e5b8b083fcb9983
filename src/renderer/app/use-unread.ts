import { useMemo } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { totalUnread } from '../features/chats/chat-list.ts'
import { latest } from '../stores/latest.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { useNow } from '../ui/use-now.ts'

/** Returns the unread count of all chats: the same number as in the tray and on the app badge. */
export function useUnread(me: UserId): number {
  const now = useNow()
  const count = useMemo(() => latest(totalUnread), [])
  return useAppStore(({ chats, people }) => count(chats, people, me, now))
}
