import type { MenuItemConstructorOptions } from 'electron'
import { beforeEach, expect, it, vi } from 'vitest'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { createTranslate } from '../i18n.ts'
import { setApplicationMenu } from './application-menu.ts'

const system = vi.hoisted(() => ({ menu: [] as MenuItemConstructorOptions[] }))
vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (menu: MenuItemConstructorOptions[]) => (system.menu = menu),
  },
}))

let settings: Settings
beforeEach(() => {
  settings = defaultSettings
})

function open(platform: NodeJS.Platform, developer = false): MenuItemConstructorOptions[] {
  setApplicationMenu({
    t: createTranslate('en'),
    settings: {
      get: () => settings,
      set: (patch) => (settings = { ...settings, zoom: patch.zoom ?? settings.zoom }),
    },
    platform,
    developer,
  })
  const view = system.menu[2]?.submenu
  return Array.isArray(view) ? view : []
}

it('keeps the zoom in the settings, with the keys that people expect', () => {
  const view = open('linux')
  const press = (key: string): number => {
    const item = view.find(({ accelerator }) => accelerator === `CommandOrControl+${key}`)
    Reflect.apply(item?.click ?? expect.fail(key), undefined, [])
    return settings.zoom
  }
  expect(['Plus', '=', 'numadd', '-', 'numsub', '0'].map(press)).toEqual([110, 125, 150, 125, 110, 100])
  settings = { ...settings, zoom: 50 }
  expect([press('-'), press('num0')]).toEqual([50, 100])
  expect(view.filter(({ visible }) => visible !== false).map(({ label, role }) => label ?? role)).toEqual([
    'Actual size',
    'Zoom in',
    'Zoom out',
    undefined,
    'togglefullscreen',
  ])
})

it('has the menu of the app on macOS, and tools only for developers', () => {
  open('darwin')
  expect(system.menu.map(({ role }) => role)).toEqual(['appMenu', 'editMenu', undefined, 'windowMenu'])
  open('win32')
  expect(system.menu[0]?.role).toBe('fileMenu')
  expect(open('win32', true).map(({ role }) => role)).toContain('toggleDevTools')
})
