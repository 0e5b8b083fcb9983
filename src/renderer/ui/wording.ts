import type { i18n as I18n, TFunction } from 'i18next'
import type { Chat } from '#shared/domain/chat.ts'
import { momentText } from '#shared/domain/display-time.ts'
import type { PresenceView } from '#shared/domain/presence.ts'

/* Texts that several features share. */

/** Returns the title of a chat, or a general name when it has none. Never empty. */
export function nameOfChat(
  t: TFunction,
  { kind, title }: { kind: Chat['kind'] | undefined; title: string },
): string {
  return title || t(kind === 'group' ? 'chats.group' : 'app.unknownPerson')
}

/** Returns "online", "away" or the last-seen time in words. */
export function presenceText(
  { t, language }: I18n,
  view: Exclude<PresenceView, { kind: 'hidden' }>,
  { now, clockOffset }: { now: number; clockOffset: number },
): string {
  if (view.kind !== 'lastSeen') return t(`time.${view.kind}`)
  return t('time.lastSeen', { when: momentText(view.at - clockOffset, { now, locale: language }) })
}
