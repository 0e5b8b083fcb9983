import { beforeEach, expect, it, vi } from 'vitest'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { createDailyLife } from './daily-life.ts'

const system = vi.hoisted(() => ({ calls: [] as unknown[], press: () => {} }))
vi.mock('electron', () => ({
  app: {
    isPackaged: true,
    getPreferredSystemLanguages: () => ['en-US'],
    setLoginItemSettings: (item: object) => system.calls.push(item),
  },
  session: {
    defaultSession: {
      availableSpellCheckerLanguages: ['de', 'en-US'],
      setSpellCheckerEnabled: (enabled: boolean) => system.calls.push(enabled),
      setSpellCheckerLanguages: (languages: string[]) => system.calls.push(languages),
    },
  },
  globalShortcut: {
    register(keys: string, press: () => void) {
      system.calls.push(`register ${keys}`)
      system.press = press
      return true
    },
    unregister: (keys: string) => system.calls.push(`unregister ${keys}`),
    unregisterAll: () => system.calls.push('unregister all'),
    setSuspended: (suspended: boolean) => system.calls.push(`suspended ${suspended}`),
  },
}))

let settings: Settings
let change: (patch: Partial<Settings>) => void
let isFocused: boolean
let seen: string[]

function start(): ReturnType<typeof createDailyLife> {
  const listeners: ((next: Settings) => void)[] = []
  change = (patch) => {
    settings = { ...settings, ...patch }
    for (const listener of listeners) listener(settings)
  }
  return createDailyLife({
    log: { write: () => undefined },
    platform: 'win32',
    settings: {
      get: () => settings,
      set: () => settings,
      onChange: (listener) => void listeners.push(listener),
      windowState: () => null,
      saveWindowState: () => undefined,
    },
    window: { isFocused: () => isFocused, show: () => void seen.push('show') },
    hide: () => void seen.push('hide'),
  })
}

beforeEach(() => {
  system.calls = []
  settings = { ...defaultSettings, globalShortcut: 'Control+Alt+P' }
  isFocused = true
  seen = []
})

it('hides a window that has the focus, and shows any other', () => {
  start()
  system.press()
  isFocused = false
  system.press()
  expect(seen).toEqual(['hide', 'show'])
})

it('touches only what a change of the settings is about', () => {
  const daily = start()
  change({ theme: 'dark' })
  expect(system.calls.splice(0)).toEqual(['suspended false', 'register Control+Alt+P'])
  change({ launchAtLogin: true })
  change({ spellcheckLanguages: ['de'] })
  change({ globalShortcut: null })
  expect(system.calls.splice(0)).toEqual([
    { openAtLogin: true, args: [] },
    true,
    ['de'],
    'suspended false',
    'unregister Control+Alt+P',
  ])
  daily.pageGone()
  daily.stop()
  expect(system.calls).toEqual(['suspended false', 'unregister all'])
})
