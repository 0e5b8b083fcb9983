import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createShowHideKeys } from './global-shortcut.ts'

const system = vi.hoisted(() => ({
  registered: new Map<string, () => void>(),
  /** Keys of other programs. */
  taken: new Set<string>(),
  suspended: false,
}))
vi.mock('electron', () => ({
  globalShortcut: {
    register(accelerator: string, callback: () => void) {
      if (accelerator === 'Control+F24') throw new TypeError('conversion failure')
      if (system.taken.has(accelerator) || system.suspended) return false
      system.registered.set(accelerator, callback)
      return true
    },
    unregister: (accelerator: string) => void system.registered.delete(accelerator),
    unregisterAll: () => system.registered.clear(),
    setSuspended: (suspended: boolean) => (system.suspended = suspended),
  },
}))

let pressed = 0
const start = (platform: NodeJS.Platform) =>
  createShowHideKeys({
    log: { write: () => undefined },
    platform,
    onPressed: () => {
      pressed += 1
    },
  })

beforeEach(() => {
  pressed = 0
  system.registered.clear()
  system.taken.clear()
  system.suspended = false
})
afterEach(() => void vi.unstubAllEnvs())

it('registers the chosen keys, instead of the ones before', () => {
  const keys = start('win32')
  keys.use(null)
  expect(keys.state()).toEqual({ works: true, asksSystem: false })
  keys.use('Control+Alt+P')
  keys.use('Control+Alt+Q')
  expect([...system.registered.keys()]).toEqual(['Control+Alt+Q'])
  system.registered.get('Control+Alt+Q')?.()
  expect(pressed).toBe(1)
  keys.use(null)
  expect(system.registered.size).toBe(0)
})

it('tells that another program has the keys, and tries them again when they are chosen again', () => {
  const keys = start('win32')
  system.taken.add('Control+Alt+P')
  keys.use('Control+Alt+P')
  expect(keys.state().works).toBe(false)
  system.taken.clear()
  keys.use('Control+Alt+P')
  expect(keys.state().works).toBe(true)
  keys.use('Control+F24')
  expect(keys.state().works).toBe(false)
  keys.use(null)
  expect(keys.state().works).toBe(true)
})

it('leaves the keys alone while new ones are recorded, and at its end', () => {
  const keys = start('darwin')
  keys.use('Command+P')
  keys.pause(true)
  expect(system.suspended).toBe(true)
  keys.use('Command+Q')
  expect(keys.state().works).toBe(true)
  expect([...system.registered.keys()]).toEqual(['Command+Q'])
  keys.pause(false)
  keys.stop()
  expect([system.suspended, system.registered.size]).toEqual([false, 0])
})

it('says that a Wayland desktop decides', () => {
  vi.stubEnv('XDG_SESSION_TYPE', 'wayland')
  expect(start('linux').state().asksSystem).toBe(true)
  expect(start('win32').state().asksSystem).toBe(false)
  vi.stubEnv('XDG_SESSION_TYPE', 'x11')
  vi.stubEnv('WAYLAND_DISPLAY', '')
  expect(start('linux').state().asksSystem).toBe(false)
})
