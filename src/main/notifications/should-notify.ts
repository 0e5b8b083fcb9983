import { isMuted, type Chat } from '#shared/domain/chat.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { Settings } from '#shared/settings.ts'

export interface NotificationContext {
  settings: Settings
  /** The main window has the focus. */
  focused: boolean
  openChatId: ChatId | null
  chat: Chat
  blocked: boolean
  /** The message mentions this person or everyone. */
  mentioned: boolean
  /** ms, local clock. */
  now: number
}

/** Whether the system shows a notification for a message that has just arrived from someone else. A mention is worth it in a muted chat. */
export function shouldNotify({
  settings,
  focused,
  openChatId,
  chat,
  blocked,
  mentioned,
  now,
}: NotificationContext): boolean {
  if (!settings.notifications || blocked || chat.state.archived) return false
  if (isMuted(chat, now) && !mentioned) return false
  if (settings.mutedUntil !== null && settings.mutedUntil > now) return false
  return !(focused && openChatId === chat.id)
}
