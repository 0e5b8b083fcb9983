import type { i18n as I18n, TFunction } from 'i18next'
import type { Chat } from '#shared/domain/chat.ts'
import { momentText } from '#shared/domain/display-time.ts'
import type { PresenceView } from '#shared/domain/presence.ts'

/* What several features call the same thing. */

/** A chat by its title, and by what it is while nothing is known of it; never empty. */
export function nameOfChat(
  t: TFunction,
  { kind, title }: { kind: Chat['kind'] | undefined; title: string },
): string {
  return title || t(kind === 'group' ? 'chats.group' : 'app.unknownPerson')
}

/** Whether someone is there, or when they were. */
export function presenceText(
  { t, language }: I18n,
  view: Exclude<PresenceView, { kind: 'hidden' }>,
  { now, clockOffset }: { now: number; clockOffset: number },
): string {
  if (view.kind !== 'lastSeen') return t(`time.${view.kind}`)
  return t('time.lastSeen', { when: momentText(view.at - clockOffset, { now, locale: language }) })
}
