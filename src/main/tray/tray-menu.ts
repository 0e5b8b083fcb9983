import { MUTED_FOREVER } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Translate } from '../i18n.ts'
import type { Unread } from '../notifications/unread-counts.ts'

const MAX_CHATS = 5
const HOUR_MS = 60 * 60_000
const MORNING_HOUR = 8

export type TrayAction =
  | { do: 'open' }
  | { do: 'chat'; account: UserId; chatId: ChatId }
  /** `until`: no notifications before this time (ms, local clock). Null unmutes. */
  | { do: 'mute'; until: number | null }
  | { do: 'lock' }
  | { do: 'quit' }

export type TrayItem =
  | { id: string; label: string; action: TrayAction; checked?: boolean }
  | { id: string; label: string; items: TrayItem[] }
  | { separator: true }

export interface TrayModel {
  tooltip: string
  unread: boolean
  /** Notifications are muted. */
  paused: boolean
  items: TrayItem[]
}

/** Escapes & (accelerator prefix) as &&. */
function escapeLabel(text: string): string {
  return text.replaceAll('&', '&&')
}

/** Returns the time of MORNING_HOUR tomorrow, in ms by the local clock. */
function tomorrowMorning(now: number): number {
  const time = new Date(now)
  time.setDate(time.getDate() + 1)
  time.setHours(MORNING_HOUR, 0, 0, 0)
  return time.getTime()
}

/** Everything that the tray shows. `mutedUntil`: see the settings. `now`: ms by the local clock. `mayLock`: see app-lock.ts. */
export function trayModel(
  t: Translate,
  unread: Unread,
  mutedUntil: number | null,
  now: number,
  mayLock = false,
): TrayModel {
  const chats = unread.chats.slice(0, MAX_CHATS).map(({ account, chatId, title, count }): TrayItem => {
    const name = title || t('app.unknownPerson')
    return {
      id: `chat:${chatId}`,
      label: escapeLabel(t('tray.chat', { name, count })),
      action: { do: 'chat', account, chatId },
    }
  })
  const muted = mutedUntil !== null && mutedUntil > now
  const undisturbed = mutedUntil === MUTED_FOREVER
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
            action: { do: 'mute', until: tomorrowMorning(now) },
          },
        ],
      }
  const doNotDisturb: TrayItem = {
    id: 'do-not-disturb',
    label: t('tray.doNotDisturb'),
    action: { do: 'mute', until: undisturbed ? null : MUTED_FOREVER },
    checked: undisturbed,
  }
  const state = unread.total === 0 ? t('app.name') : t('tray.tooltip', { count: unread.total })
  return {
    tooltip: muted ? t('tray.paused', { state }) : state,
    paused: muted,
    unread: unread.total > 0,
    items: [
      { id: 'open', label: t('tray.open'), action: { do: 'open' } },
      { separator: true },
      ...(chats.length === 0 ? [] : [...chats, { separator: true } as const]),
      ...(undisturbed ? [] : [mute]),
      doNotDisturb,
      { separator: true },
      ...(mayLock ? [{ id: 'lock', label: t('tray.lock'), action: { do: 'lock' } } as const] : []),
      { id: 'quit', label: t('tray.quit'), action: { do: 'quit' } },
    ],
  }
}
