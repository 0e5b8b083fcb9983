import { beforeEach, expect, it, vi } from 'vitest'
import { createTranslate } from '../i18n.ts'
import { createBadge, type Badge } from './badge.ts'

const system = vi.hoisted(() => ({ counts: [] as number[], works: true }))
vi.mock('electron', () => ({
  app: {
    getAppPath: () => '/app',
    setBadgeCount(count: number) {
      system.counts.push(count)
      return system.works
    },
  },
  nativeImage: { createFromPath: () => 'dot' },
}))

let overlays: unknown[]
const start = (platform: NodeJS.Platform): Badge =>
  createBadge(createTranslate('en'), {
    platform,
    window: { setOverlay: (image, description) => void overlays.push([image, description]) },
  })

beforeEach(() => {
  ;[overlays, system.counts, system.works] = [[], [], true]
})

it('counts on the icon of the dock or launcher, as far as the desktop can', () => {
  for (const platform of ['darwin', 'linux'] as const) {
    system.counts = []
    system.works = platform === 'darwin'
    const badge = start(platform)
    expect(badge.works()).toBeNull()
    for (const unread of [2, 2, 0]) badge.show(unread)
    badge.renew()
    expect(system.counts).toEqual([2, 0])
    expect(badge.works()).toBe(system.works)
  }
  expect(overlays).toEqual([])
})

it('shows a dot on the taskbar of Windows, again when the window has a new button there', () => {
  const badge = start('win32')
  badge.show(2)
  badge.show(2)
  badge.renew()
  badge.show(0)
  expect(overlays).toEqual([
    ['dot', 'Perch: 2 unread messages'],
    ['dot', 'Perch: 2 unread messages'],
    [null, 'Perch: 0 unread messages'],
  ])
  expect([system.counts, badge.works()]).toEqual([[], true])
})
