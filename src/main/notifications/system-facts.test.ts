import { describe, expect, it } from 'vitest'
import type { Run } from '../run-program.ts'
import { watchSystem, type SystemFacts } from './system-facts.ts'

/** Answers each command that contains the key; every other one ends with an error. */
const answering =
  (answers: Record<string, string>): Run =>
  (program, args) => {
    const command = [program, ...args].join(' ')
    const key = Object.keys(answers).find((part) => command.includes(part))
    return Promise.resolve({ output: key === undefined ? null : (answers[key] ?? null) })
  }

const read = (platform: NodeJS.Platform, run: Run): Promise<SystemFacts> =>
  watchSystem(platform, { run }).read()

describe('facts of Linux', () => {
  const fine = {
    GetServerInformation: "('gnome-shell', 'GNOME', '48.1', '1.2')",
    'show-banners': 'true\n',
    enable: 'true\n',
    IsStatusNotifierHostRegistered: '(<true>,)\n',
  }

  it('reads the notification server, the tray host and do not disturb', async () => {
    expect(await read('linux', answering(fine))).toEqual({
      permission: 'granted',
      doNotDisturb: false,
      trayHost: true,
    })
  })

  it.each<[string, Record<string, string>, Partial<SystemFacts>]>([
    ['banners are off', { ...fine, 'show-banners': 'false\n' }, { doNotDisturb: true }],
    ['KDE holds notifications back', { ...fine, Inhibited: '(<true>,)\n' }, { doNotDisturb: true }],
    ['the app is switched off', { ...fine, enable: 'false\n' }, { permission: 'denied' }],
    ['nothing answers', {}, { permission: 'denied', doNotDisturb: false }],
  ])('notices that %s', async (_, answers, expected) => {
    expect(await read('linux', answering(answers))).toMatchObject(expected)
  })

  it('knows nothing without the programs', async () => {
    expect(await read('linux', () => Promise.resolve('missing'))).toEqual({
      permission: 'unknown',
      doNotDisturb: null,
      trayHost: null,
    })
  })
})

describe('facts of Windows', () => {
  const off = '    Enabled    REG_DWORD    0x0\r\n'
  const on = '    Enabled    REG_DWORD    0x1\r\n'

  it('takes a value that is missing as on', async () => {
    expect(await read('win32', answering({}))).toEqual({
      permission: 'granted',
      doNotDisturb: false,
      trayHost: true,
    })
    expect(await read('win32', answering({ Enabled: on }))).toMatchObject({ permission: 'granted' })
  })

  it.each<[string, Partial<SystemFacts>]>([
    ['ToastEnabled', { permission: 'denied', doNotDisturb: false }],
    [String.raw`chat.perch.desktop /v Enabled`, { permission: 'denied', doNotDisturb: false }],
    ['NOC_GLOBAL_SETTING_TOASTS_ENABLED', { permission: 'granted', doNotDisturb: true }],
  ])('reads %s', async (value, expected) => {
    expect(await read('win32', answering({ [value]: off }))).toMatchObject(expected)
  })
})

describe('watchSystem', () => {
  it('knows of a Mac only that it has a menu bar', async () => {
    expect(await read('darwin', answering({}))).toEqual({
      permission: 'unknown',
      doNotDisturb: null,
      trayHost: true,
    })
  })

  it('asks again only when the answer is old', async () => {
    let asked = 0
    let now = 0
    const run: Run = () => {
      asked++
      return Promise.resolve({ output: null })
    }
    const system = watchSystem('win32', { run, now: () => now })
    await Promise.all([system.read(), system.read()])
    const once = asked
    await system.read()
    expect(asked).toBe(once)
    now = 60_000
    expect(system.latest()).toMatchObject({ permission: 'granted' })
    expect(asked).toBe(2 * once)
  })
})
