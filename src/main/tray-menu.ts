import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Translate } from './i18n.ts'
import type { Unread } from './notifications/unread-counts.ts'

const MOST_CHATS = 5
const HOUR_MS = 60 * 60_000
const MORNING_HOUR = 8

export type TrayAction =
  | { do: 'open' }
  | { do: 'chat'; account: UserId; chatId: ChatId }
  /** No notification before this time (ms, local clock); null: from now on. */
  | { do: 'mute'; until: number | null }
  | { do: 'quit' }

export type TrayItem =
  | { id: string; label: string; action: TrayAction }
  | { id: string; label: string; items: TrayItem[] }
  | { separator: true }

export interface TrayModel {
  tooltip: string
  unread: boolean
  items: TrayItem[]
}

/** An ampersand in a menu's label marks a key; two are one. */
function label(text: string): string {
  return text.replaceAll('&', '&&')
}

/** Tomorrow morning, by the local clock. */
function tomorrow(now: number): number {
  const time = new Date(now)
  time.setDate(time.getDate() + 1)
  time.setHours(MORNING_HOUR, 0, 0, 0)
  return time.getTime()
}

/** Everything that the tray shows. `mutedUntil` as in the settings; `now` in ms by the local clock. */
export function trayModel(t: Translate, unread: Unread, mutedUntil: number | null, now: number): TrayModel {
  const chats = unread.chats.slice(0, MOST_CHATS).map(({ account, chatId, title, count }): TrayItem => {
    const name = title || t('app.unknownPerson')
    return {
      id: `chat:${chatId}`,
      label: label(t('tray.chat', { name, count })),
      action: { do: 'chat', account, chatId },
    }
  })
  const muted = mutedUntil !== null && mutedUntil > now
  const mute: TrayItem = muted
    ? { id: 'unmute', label: t('tray.unmute'), action: { do: 'mute', until: null } }
    : {
        id: 'mute',
        label: t('tray.mute'),
        items: [
          { id: 'mute-hour', label: t('tray.muteHour'), action: { do: 'mute', until: now + HOUR_MS } },
          {
            id: 'mute-tomorrow',
            label: t('tray.muteTomorrow'),
            action: { do: 'mute', until: tomorrow(now) },
          },
        ],
      }
  return {
    tooltip: unread.total === 0 ? t('app.name') : t('tray.tooltip', { count: unread.total }),
    unread: unread.total > 0,
    items: [
      { id: 'open', label: t('tray.open'), action: { do: 'open' } },
      { separator: true },
      ...(chats.length === 0 ? [] : [...chats, { separator: true } as const]),
      mute,
      { separator: true },
      { id: 'quit', label: t('tray.quit'), action: { do: 'quit' } },
    ],
  }
}
