import { join } from 'node:path'
import type { NotificationFacts } from '#shared/bridge/notifications.ts'
import { outputOf, runProgram, type Run } from '../run-program.ts'
import { hasTrayHost } from '../tray/tray-host.ts'

/** What the system lets a program read about notifications. */
export type SystemFacts = Pick<NotificationFacts, 'permission' | 'doNotDisturb' | 'trayHost'>

type Answers = Omit<SystemFacts, 'trayHost'>

/** The newest answer is good for so long. */
const FRESH_MS = 15_000
const nothingKnown = { permission: 'unknown', doNotDisturb: null } as const

/* The registry of systems. Each reader asks what its system answers without a special right. */
const readers: Partial<Record<NodeJS.Platform, (run: Run) => Promise<Answers>>> = {
  win32: readWindows,
  linux: readLinux,
  // macOS tells neither.
  darwin: () => Promise.resolve(nothingKnown),
}

/** The keys of the registry that the settings of Windows write. `appId`: see APP_ID in main/index.ts. */
const NOTIFICATIONS = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Notifications\Settings`
const PUSH = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\PushNotifications`

async function readWindows(run: Run): Promise<Answers> {
  const reg = join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'reg.exe')
  /** Whether the value exists and is zero. A value that is missing has its default: on. */
  const isOff = async (key: string, name: string): Promise<boolean> =>
    /REG_DWORD\s+0x0\b/u.test(outputOf(await run(reg, ['query', key, '/v', name])))
  const [all, app, banners] = await Promise.all([
    isOff(PUSH, 'ToastEnabled'),
    isOff(String.raw`${NOTIFICATIONS}\chat.perch.desktop`, 'Enabled'),
    isOff(NOTIFICATIONS, 'NOC_GLOBAL_SETTING_TOASTS_ENABLED'),
  ])
  return { permission: all || app ? 'denied' : 'granted', doNotDisturb: banners }
}

const GNOME = 'org.gnome.desktop.notifications'

async function readLinux(run: Run): Promise<Answers> {
  const call = (name: string, path: string, ...args: readonly string[]): ReturnType<Run> =>
    run('gdbus', ['call', '--session', '--dest', name, '--object-path', path, '--method', ...args])
  const property = 'org.freedesktop.DBus.Properties.Get'
  const notifications = 'org.freedesktop.Notifications'
  const notificationsPath = '/org/freedesktop/Notifications'
  const [server, inhibited, banners, appEnabled] = await Promise.all([
    call(notifications, notificationsPath, `${notifications}.GetServerInformation`),
    call(notifications, notificationsPath, property, notifications, 'Inhibited'),
    run('gsettings', ['get', GNOME, 'show-banners']),
    run('gsettings', [
      'get',
      `${GNOME}.application:/org/gnome/desktop/notifications/application/perch/`,
      'enable',
    ]),
  ])
  if (server === 'missing') return nothingKnown
  const isFalse = (result: Awaited<ReturnType<Run>>): boolean => outputOf(result).trim() === 'false'
  const isTrue = (result: Awaited<ReturnType<Run>>): boolean => outputOf(result).includes('<true>')
  return {
    permission: server.output === null || isFalse(appEnabled) ? 'denied' : 'granted',
    doNotDisturb: isTrue(inhibited) || isFalse(banners),
  }
}

export interface SystemWatch {
  /** Asks the system, unless it was asked a moment ago. */
  read(): Promise<SystemFacts>
  /** The newest answer. Asks again when it is old. */
  latest(): SystemFacts
}

export function watchSystem(
  platform: NodeJS.Platform,
  { run = runProgram, now = Date.now }: { run?: Run; now?: () => number } = {},
): SystemWatch {
  const readSystem = async (): Promise<SystemFacts> => {
    const [facts, trayHost] = await Promise.all([
      readers[platform]?.(run) ?? nothingKnown,
      hasTrayHost(platform, { run }),
    ])
    return { ...facts, trayHost }
  }
  let facts: SystemFacts = { ...nothingKnown, trayHost: null }
  let reading: Promise<SystemFacts> | undefined
  let readAt = -Infinity

  async function read(): Promise<SystemFacts> {
    if (now() - readAt < FRESH_MS) return facts
    reading ??= readSystem().finally(() => (reading = undefined))
    facts = await reading
    readAt = now()
    return facts
  }

  return {
    read,
    latest() {
      void read()
      return facts
    },
  }
}
