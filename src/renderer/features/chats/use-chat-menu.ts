import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import type { MenuEntry } from '../../ui/ContextMenu.tsx'
import { useChatEntries } from '../../ui/use-chat-entries.tsx'

/** Returns the context menu of a chat in the list. Empty without a chat. */
export function useChatMenu(chatId: ChatId | null, me: UserId): readonly MenuEntry[] {
  const { chats } = useServices()
  const chat = useAppStore((state) => (chatId === null ? undefined : state.chats.get(chatId)))
  const entries = useChatEntries(chat, me, chats)
  if (entries === null) return []
  return [entries.pin, entries.mute, entries.read, { kind: 'separator' }, entries.archive]
}
