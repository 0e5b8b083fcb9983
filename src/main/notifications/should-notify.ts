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
  /** ms, local clock. */
  now: number
}

/** Whether the system shows a notification for a message that has just arrived from someone else. */
export function shouldNotify({
  settings,
  focused,
  openChatId,
  chat,
  blocked,
  now,
}: NotificationContext): boolean {
  if (!settings.notifications || blocked || chat.state.archived || isMuted(chat, now)) return false
  if (settings.mutedUntil !== null && settings.mutedUntil > now) return false
  return !(focused && openChatId === chat.id)
}
