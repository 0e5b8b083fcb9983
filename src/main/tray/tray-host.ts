import { isOnWayland, type Environment } from '../desktop-session.ts'
import { outputOf, runProgram, type Run } from '../run-program.ts'

const WATCHER = 'org.kde.StatusNotifierWatcher'
const PATH = '/StatusNotifierWatcher'
const PROPERTY = 'IsStatusNotifierHostRegistered'

/** The programs that can ask. Not every desktop has the first one. */
const questions: readonly [program: string, args: readonly string[]][] = [
  [
    'gdbus',
    [
      ...['call', '--session', '--dest', WATCHER, '--object-path', PATH],
      ...['--method', 'org.freedesktop.DBus.Properties.Get', WATCHER, PROPERTY],
    ],
  ],
  ['busctl', ['--user', 'get-property', WATCHER, PATH, WATCHER, PROPERTY]],
]

/**
 * Some X11 desktops show only tray icons of the older kind (XEmbed), which Electron falls back to. No program tells whether one does.
 * Wayland and GNOME have none.
 */
function mayShowOlderIcons(environment: Environment): boolean {
  return !isOnWayland(environment) && !/gnome|pantheon/iu.test(environment['XDG_CURRENT_DESKTOP'] ?? '')
}

/** Whether something shows the tray icon. Null: that cannot be known. Only Linux has desktops without a tray. */
export async function hasTrayHost(
  platform: NodeJS.Platform,
  { run = runProgram, environment = process.env }: { run?: Run; environment?: Environment } = {},
): Promise<boolean | null> {
  if (platform !== 'linux') return true
  for (const [program, args] of questions) {
    const answer = await run(program, args)
    if (answer === 'missing') continue
    if (/\btrue\b/u.test(outputOf(answer))) return true
    return mayShowOlderIcons(environment) ? null : false
  }
  return null
}
