import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { createTranslate } from '../i18n.ts'
import { createHiding } from './hide-window.ts'

const { shown } = vi.hoisted(() => {
  const list: { title: string; emit: (name: string) => void }[] = []
  return { shown: list }
})
vi.mock('electron', () => ({
  Notification: class extends EventEmitter {
    static isSupported = (): boolean => true
    title: string
    constructor({ title }: { title: string }) {
      super()
      this.title = title
    }
    show(): void {
      shown.push(this)
    }
  },
}))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  shown.length = 0
  vi.useRealTimers()
})

function start(host: boolean | null) {
  const state = { host, seen: [] as string[], visible: true }
  let settings: Settings = defaultSettings
  const see = (what: string, visible: boolean) => (): void => {
    state.seen.push(what)
    state.visible = visible
  }
  const hiding = createHiding({
    t: createTranslate('en'),
    window: {
      hide: see('hidden', false),
      minimize: see('minimized', false),
      show: see('shown', true),
      isVisible: () => state.visible,
      isMinimized: () => state.seen.at(-1) === 'minimized',
    },
    settings: {
      get: () => settings,
      set: (patch) => (settings = { ...settings, toldOfMissingTray: patch.toldOfMissingTray === true }),
    },
    trayHost: () => Promise.resolve(state.host),
  })
  return { state, hiding }
}

it('hides the window where there is a tray, or nobody knows of one', async () => {
  for (const host of [true, null]) {
    const { state, hiding } = start(host)
    await hiding.hide()
    expect(state.seen).toEqual(['hidden'])
  }
  expect(shown).toEqual([])
})

it('minimises it where there is no tray, says so once, and hides it again when a tray appears', async () => {
  const { state, hiding } = start(false)
  await hiding.hide()
  await hiding.hide()
  // The second time it is known at once.
  expect(state.seen).toEqual(['hidden', 'minimized', 'minimized'])
  expect(shown.map(({ title }) => title)).toEqual(['Perch is minimised'])
  shown[0]?.emit('click')
  state.host = true
  await hiding.hide()
  expect(state.seen.slice(3)).toEqual(['shown', 'minimized', 'hidden'])
  await hiding.hide()
  expect(state.seen.slice(6)).toEqual(['hidden'])
})

it('leaves a window alone that was opened again before the desktop has answered', async () => {
  const { state, hiding } = start(false)
  const closing = hiding.hide()
  state.visible = true
  await closing
  expect(state.seen).toEqual(['hidden'])
})

it('minimises a window that has started hidden, unless a tray appears in time or the window was shown', async () => {
  for (const [host, visible, seen] of [
    [false, false, ['minimized']],
    [true, false, []],
    [false, true, []],
  ] as const) {
    const { state, hiding } = start(false)
    state.visible = false
    hiding.started()
    await vi.advanceTimersByTimeAsync(14_000)
    expect(state.seen).toEqual([])
    Object.assign(state, { host, visible })
    await vi.advanceTimersByTimeAsync(1000)
    expect(state.seen).toEqual(seen)
  }
})
