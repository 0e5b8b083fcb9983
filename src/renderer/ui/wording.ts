import type { i18n as I18n, TFunction } from 'i18next'
import type { Chat } from '#shared/domain/chat.ts'
import { isolated } from '#shared/domain/display-text.ts'
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

/** Returns who is typing in words, or null when nobody is at `now`. In a direct chat it is clear who. */
export function typingText(
  t: TFunction,
  kind: Chat['kind'],
  typists: readonly { name: string; until: number }[],
  now: number,
): string | null {
  const names = typists
    .filter(({ until }) => until > now)
    .map(({ name }) => isolated(name || t('app.unknownPerson')))
  const [first, second] = names
  if (first === undefined) return null
  if (kind === 'direct') return t('chats.typing')
  if (second === undefined) return t('chats.typingOne', { name: first })
  return names.length === 2
    ? t('chats.typingTwo', { first, second })
    : t('chats.typingMany', { count: names.length })
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
