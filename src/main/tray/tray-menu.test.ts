import { describe, expect, it } from 'vitest'
import { MUTED_FOREVER } from '#shared/domain/chat.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { me } from '#shared/domain/test-data.ts'
import { createTranslate } from '../i18n.ts'
import { trayModel, type TrayItem } from './tray-menu.ts'

const t = createTranslate('en')
const NOW = new Date(2026, 10, 23, 15, 30).getTime()
const none = { total: 0, chats: [] }
const chats = ['Ada', 'Tom & Jerry', '', 'Dora', 'Emil', 'Fay'].map((title, index) => ({
  account: me,
  chatId: chatIdSchema.parse(`c${index}`),
  title,
  count: index + 1,
}))

function labels(items: readonly TrayItem[]): string[] {
  return items.map((item) => ('separator' in item ? '-' : item.label))
}

function untilOf(items: readonly TrayItem[], id: string): number | null | undefined {
  for (const item of items) {
    if ('items' in item) return untilOf(item.items, id) ?? untilOf(items.slice(items.indexOf(item) + 1), id)
    if ('action' in item && item.id === id && item.action.do === 'mute') return item.action.until
  }
  return undefined
}

describe('trayModel', () => {
  it('lists no chats when nothing is unread', () => {
    const model = trayModel(t, none, null, NOW)
    expect(model).toMatchObject({ tooltip: 'Perch', unread: false })
    expect(labels(model.items)).toEqual([
      'Open Perch',
      '-',
      'Mute notifications',
      'Do not disturb',
      '-',
      'Quit Perch',
    ])
  })

  it('lists the first five unread chats, with & escaped as &&', () => {
    const model = trayModel(t, { total: 21, chats }, null, NOW)
    expect(model).toMatchObject({ tooltip: 'Perch: 21 unread messages', unread: true })
    expect(labels(model.items).slice(2, 8)).toEqual([
      'Ada (1)',
      'Tom && Jerry (2)',
      'Unknown person (3)',
      'Dora (4)',
      'Emil (5)',
      '-',
    ])
    expect(model.items[2]).toMatchObject({ id: 'chat:c0', action: { do: 'chat', chatId: 'c0' } })
  })

  it('offers to lock when that is possible', () => {
    expect(labels(trayModel(t, none, null, NOW, true).items).slice(-2)).toEqual(['Lock Perch', 'Quit Perch'])
    expect(labels(trayModel(t, none, null, NOW, false).items)).not.toContain('Lock Perch')
  })

  it('offers to mute for an hour or until the next morning, or to unmute', () => {
    const { items } = trayModel(t, none, NOW - 1, NOW)
    expect(untilOf(items, 'mute-hour')).toBe(NOW + 3_600_000)
    expect(untilOf(items, 'mute-tomorrow')).toBe(new Date(2026, 10, 24, 8).getTime())
    const muted = trayModel(t, none, NOW + 1, NOW)
    expect(labels(muted.items)).toContain('Unmute notifications')
    expect(untilOf(muted.items, 'unmute')).toBeNull()
    expect(muted).toMatchObject({ paused: true, tooltip: 'Perch · notifications are paused' })
  })

  it('is checked while nothing may disturb, and says so', () => {
    const quiet = trayModel(t, none, NOW - 1, NOW)
    expect(quiet).toMatchObject({ paused: false, tooltip: 'Perch' })
    expect(untilOf(quiet.items, 'do-not-disturb')).toBe(MUTED_FOREVER)
    const undisturbed = trayModel(t, { total: 2, chats: [] }, MUTED_FOREVER, NOW)
    expect(undisturbed).toMatchObject({
      paused: true,
      unread: true,
      tooltip: 'Perch: 2 unread messages · notifications are paused',
    })
    expect(labels(undisturbed.items)).toEqual(['Open Perch', '-', 'Do not disturb', '-', 'Quit Perch'])
    expect(undisturbed.items[2]).toMatchObject({ checked: true })
    expect(untilOf(undisturbed.items, 'do-not-disturb')).toBeNull()
  })
})
