import type { Chat } from '#shared/domain/chat.ts'
import { displayName } from '#shared/domain/display-text.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { MessageBody } from '#shared/messages/body.ts'
import { describeBody } from '#shared/messages/describe-body.ts'
import { mentionNames } from '#shared/messages/mentions.ts'
import type { Settings } from '#shared/settings.ts'
import type { Translate } from '../i18n.ts'

export interface Announcement {
  chat: Chat
  senderName: string
  /** The names of the people whom the message mentions; each may be empty. */
  names: ReadonlyMap<UserId, string>
  /** The body of the newest message. */
  body: MessageBody | null
  /** The number of messages that the notification covers. */
  count: number
}

/** Linux desktops interpret a subset of HTML in a notification's body; other systems show plain text. */
function escapeMarkup(text: string, platform: NodeJS.Platform): string {
  if (platform !== 'linux') return text
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Title and body of a notification. Everything that others wrote is cleaned (see display-text.ts) and bounded. */
export function notificationText(
  t: Translate,
  { chat, senderName, names, body, count }: Announcement,
  { content, platform }: { content: Settings['notificationContent']; platform: NodeJS.Platform },
): { title: string; body: string } {
  const arrived = t('notification.new', { count })
  if (content === 'nothing') return { title: t('app.name'), body: arrived }
  const sender = displayName(senderName, NAME_LIMIT) || t('app.unknownPerson')
  const group = chat.kind === 'group' ? displayName(chat.title ?? '', NAME_LIMIT) : ''
  const name = group || sender
  if (content === 'name') return { title: name, body: arrived }
  const nameOf = (id: UserId): string =>
    displayName(names.get(id) ?? '', NAME_LIMIT) || t('app.unknownPerson')
  const mentionName = mentionNames(chat, nameOf, t('mention.everyone'))
  const { text } = describeBody(t, body, { own: false, name: sender, nameOf, mentionName })
  return {
    title: count > 1 ? t('notification.titleWithCount', { name, count }) : name,
    body: escapeMarkup(group === '' ? text : t('notification.inGroup', { sender, text }), platform),
  }
}
