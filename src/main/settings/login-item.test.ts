import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { applyLoginItem, opensAtLogin, startsHidden } from './login-item.ts'

const system = vi.hoisted(() => ({
  isPackaged: true,
  exe: '/opt/Perch/perch',
  appData: '',
  item: {} as Record<string, unknown>,
  state: { openAtLogin: true, executableWillLaunchAtLogin: true, wasOpenedAtLogin: false },
  asked: undefined as unknown,
}))
vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return system.isPackaged
    },
    getPath: (name: string) => (name === 'exe' ? system.exe : system.appData),
    setLoginItemSettings: (item: Record<string, unknown>) => (system.item = item),
    getLoginItemSettings(options: unknown) {
      system.asked = options
      return system.state
    },
  },
}))

const hidden = { launchAtLogin: true, startHidden: true }
const shown = { launchAtLogin: true, startHidden: false }
const off = { launchAtLogin: false, startHidden: true }

beforeEach(() => {
  vi.stubEnv('APPIMAGE', undefined)
  Object.assign(system, {
    isPackaged: true,
    exe: '/opt/Perch/perch',
    appData: mkdtempSync(join(tmpdir(), 'perch-autostart-')),
    item: {},
    state: { openAtLogin: true, executableWillLaunchAtLogin: true, wasOpenedAtLogin: false },
  })
})
afterEach(() => {
  rmSync(system.appData, { recursive: true })
  vi.unstubAllEnvs()
})

const exec = (): string | undefined =>
  /^Exec=(.*)$/mu.exec(readFileSync(join(system.appData, 'autostart/perch.desktop'), 'utf8'))?.[1]

it('writes an autostart entry on Linux, and removes it', () => {
  applyLoginItem(shown, 'linux')
  expect(exec()).toBe('"/opt/Perch/perch"')
  applyLoginItem(hidden, 'linux')
  expect(exec()).toBe('"/opt/Perch/perch" --hidden')
  expect(opensAtLogin(hidden, 'linux')).toBe(true)
  applyLoginItem(off, 'linux')
  expect(opensAtLogin(off, 'linux')).toBe(false)
})

it('names the AppImage itself, and escapes what an entry would read as a code', () => {
  vi.stubEnv('APPIMAGE', '/home/me/100% $HOME/Perch.AppImage')
  applyLoginItem(shown, 'linux')
  expect(exec()).toBe(String.raw`"/home/me/100%% \\$HOME/Perch.AppImage"`)
})

it('passes the switch on Windows, and finds the entry by it', () => {
  applyLoginItem(hidden, 'win32')
  expect(system.item).toEqual({ openAtLogin: true, args: ['--hidden'] })
  expect(opensAtLogin(hidden, 'win32')).toBe(true)
  expect(system.asked).toEqual({ args: ['--hidden'] })
  system.state.executableWillLaunchAtLogin = false
  expect(opensAtLogin(hidden, 'win32')).toBe(false)
  applyLoginItem(off, 'win32')
  expect(system.item).toMatchObject({ openAtLogin: false })
})

it('asks a Mac whether this is the start at login', () => {
  applyLoginItem(hidden, 'darwin')
  expect(system.item).toEqual({ openAtLogin: true })
  const start = { platform: 'darwin', argv: ['perch', '--hidden'] } as const
  expect(startsHidden(hidden, start)).toBe(false)
  system.state.wasOpenedAtLogin = true
  expect([startsHidden(hidden, start), startsHidden(shown, start)]).toEqual([true, false])
})

it('hides only the start at login: whoever opens the app wants to see it', () => {
  for (const platform of ['win32', 'linux'] as const) {
    expect(startsHidden(hidden, { platform, argv: ['perch', '--hidden'] })).toBe(true)
    expect(startsHidden(hidden, { platform, argv: ['perch'] })).toBe(false)
    expect(startsHidden(shown, { platform, argv: ['perch', '--hidden'] })).toBe(false)
  }
})

it('changes nothing on the system while it is not installed', () => {
  system.isPackaged = false
  applyLoginItem(hidden, 'win32')
  expect([system.item, opensAtLogin(hidden, 'win32')]).toEqual([{}, null])
})
