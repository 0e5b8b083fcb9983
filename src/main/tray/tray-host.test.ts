import { expect, it } from 'vitest'
import type { Run } from '../run-program.ts'
import { hasTrayHost } from './tray-host.ts'

const WAYLAND = { XDG_SESSION_TYPE: 'wayland', XDG_CURRENT_DESKTOP: 'sway' }

/** Only these programs exist. Null: the program ends with an error, because no watcher runs. */
const having =
  (programs: Record<string, string | null>): Run =>
  (program) => {
    const output = programs[program]
    return Promise.resolve(output === undefined ? 'missing' : { output })
  }

const ask = (programs: Record<string, string | null>, environment: Record<string, string> = WAYLAND) =>
  hasTrayHost('linux', { run: having(programs), environment })

it('asks the session bus on Linux', async () => {
  expect(await ask({ gdbus: '(<true>,)\n' })).toBe(true)
  expect(await ask({ gdbus: '(<false>,)\n' })).toBe(false)
  expect(await ask({ gdbus: null })).toBe(false)
})

it('asks with another program where the first one is missing', async () => {
  expect(await ask({ busctl: 'b true\n' })).toBe(true)
  expect(await ask({ busctl: 'b false\n' })).toBe(false)
  expect(await ask({})).toBeNull()
})

it('does not claim that an X11 desktop has no tray, unless it is one that has none', async () => {
  const x11 = { XDG_SESSION_TYPE: 'x11' }
  expect(await ask({ gdbus: null }, { ...x11, XDG_CURRENT_DESKTOP: 'i3' })).toBeNull()
  expect(await ask({ gdbus: null }, x11)).toBeNull()
  expect(await ask({ gdbus: null }, { ...x11, XDG_CURRENT_DESKTOP: 'GNOME-Classic:GNOME' })).toBe(false)
  expect(await ask({ gdbus: null }, { WAYLAND_DISPLAY: 'wayland-0' })).toBe(false)
})

it('asks nothing on systems that always have a tray', async () => {
  const run: Run = () => Promise.reject(new Error('asked'))
  expect(await hasTrayHost('win32', { run })).toBe(true)
  expect(await hasTrayHost('darwin', { run })).toBe(true)
})
