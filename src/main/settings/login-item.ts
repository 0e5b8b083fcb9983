import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { Settings } from '#shared/settings.ts'

/** The freedesktop autostart entry for Linux, which Electron does not write. */
function desktopEntry(executable: string): string {
  return `[Desktop Entry]
Type=Application
Name=Perch
Exec="${executable.replace(/["\\$`]/g, '\\\\$&')}"
X-GNOME-Autostart-enabled=true
`
}

const autostartFile = (): string => join(app.getPath('appData'), 'autostart', 'perch.desktop')

function setAutostartFile(enabled: boolean): void {
  const file = autostartFile()
  if (!enabled) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  // An AppImage runs from a temporary mount. APPIMAGE is the path of the file itself.
  writeFileSync(file, desktopEntry(process.env['APPIMAGE'] ?? app.getPath('exe')))
}

/** Adds the app to the system's list of programs that start at login, or removes it. Packaged builds only. */
export function applyLoginItem({ launchAtLogin }: Pick<Settings, 'launchAtLogin'>): void {
  if (!app.isPackaged) return
  if (process.platform === 'linux') setAutostartFile(launchAtLogin)
  else app.setLoginItemSettings({ openAtLogin: launchAtLogin })
}

/** Whether the system starts the app at login. Null: this build is not installed. */
export function opensAtLogin(): boolean | null {
  if (!app.isPackaged) return null
  return process.platform === 'linux' ? existsSync(autostartFile()) : app.getLoginItemSettings().openAtLogin
}
