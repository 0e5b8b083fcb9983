import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { Settings } from '#shared/settings.ts'

/** The system passes it at login, when the person wants the window hidden then. */
const HIDDEN = '--hidden'

type LoginSettings = Pick<Settings, 'launchAtLogin' | 'startHidden'>

/** The freedesktop autostart entry for Linux, which Electron does not write. In `Exec`, % begins a code. */
function desktopEntry(executable: string, args: readonly string[]): string {
  const quoted = `"${executable.replace(/["\\$`]/g, '\\\\$&').replaceAll('%', '%%')}"`
  return `[Desktop Entry]
Type=Application
Name=Perch
Exec=${[quoted, ...args].join(' ')}
X-GNOME-Autostart-enabled=true
`
}

const autostartFile = (): string => join(app.getPath('appData'), 'autostart', 'perch.desktop')

function setAutostartFile(enabled: boolean, args: readonly string[]): void {
  const file = autostartFile()
  if (!enabled) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  // An AppImage runs from a temporary mount. APPIMAGE is the path of the file itself.
  writeFileSync(file, desktopEntry(process.env['APPIMAGE'] ?? app.getPath('exe'), args))
}

const argsOf = ({ startHidden }: LoginSettings): string[] => (startHidden ? [HIDDEN] : [])

/** Adds the app to the system's list of programs that start at login, or removes it. Packaged builds only. */
export function applyLoginItem(settings: LoginSettings, platform: NodeJS.Platform): void {
  if (!app.isPackaged) return
  const { launchAtLogin } = settings
  if (platform === 'linux') setAutostartFile(launchAtLogin, argsOf(settings))
  // A Mac passes no arguments. It tells afterwards that it has opened the app at login.
  else if (platform === 'darwin') app.setLoginItemSettings({ openAtLogin: launchAtLogin })
  else app.setLoginItemSettings({ openAtLogin: launchAtLogin, args: argsOf(settings) })
}

/** Whether the system starts the app at login. Null: this build is not installed. */
export function opensAtLogin(settings: LoginSettings, platform: NodeJS.Platform): boolean | null {
  if (!app.isPackaged) return null
  if (platform === 'linux') return existsSync(autostartFile())
  if (platform === 'darwin') return app.getLoginItemSettings().openAtLogin
  const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args: argsOf(settings) })
  // False when the person has turned the app off in the Task Manager.
  return openAtLogin && executableWillLaunchAtLogin
}

/** Whether this start is the one at login, and the person wants the window hidden then. */
export function startsHidden(
  settings: LoginSettings,
  { platform, argv }: { platform: NodeJS.Platform; argv: readonly string[] },
): boolean {
  if (!settings.startHidden) return false
  if (platform === 'darwin') return app.isPackaged && app.getLoginItemSettings().wasOpenedAtLogin
  return argv.includes(HIDDEN)
}
