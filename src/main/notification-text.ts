import { isMuted, type Chat } from '#shared/domain/chat.ts'
import { displayLine, displayName } from '#shared/domain/display-text.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { PREVIEW_LIMIT, previewOf, type MessageBody } from '#shared/domain/message.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import type { Settings } from '#shared/settings.ts'
import type { Translate } from './i18n.ts'

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

/** Whether a message that has just come in from someone else is announced by the system. */
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

export interface Announcement {
  chat: Chat
  senderName: string
  /** Of the newest message; null: there is nothing in it to show. */
  body: MessageBody | null
  /** Messages of this chat that the notification stands for. */
  count: number
}

/** What a message says, in one line. */
function bodyText(t: Translate, body: MessageBody | null): string {
  switch (body?.kind) {
    case 'text':
      return displayLine(previewOf(body), PREVIEW_LIMIT)
    case 'unknown':
    case undefined:
      return t('notification.unknownKind')
  }
}

/** Linux desktops read a subset of HTML in a notification's body; others show it as it is. */
function plain(text: string, platform: NodeJS.Platform): string {
  if (platform !== 'linux') return text
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** What a notification says; everything that others wrote is stripped of tricks and bounded. */
export function notificationText(
  t: Translate,
  { chat, senderName, body, count }: Announcement,
  { preview, platform }: { preview: boolean; platform: NodeJS.Platform },
): { title: string; body: string } {
  if (!preview) return { title: t('app.name'), body: t('notification.new', { count }) }
  const sender = displayName(senderName, NAME_LIMIT) || t('app.unknownPerson')
  const group = chat.kind === 'group' ? displayName(chat.title ?? '', NAME_LIMIT) : ''
  const name = group || sender
  const shown = bodyText(t, body)
  return {
    title: count > 1 ? t('notification.titleWithCount', { name, count }) : name,
    body: plain(group === '' ? shown : t('notification.inGroup', { sender, text: shown }), platform),
  }
}
