import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Unmet } from './console.ts'
import { canInstallPackages, installPackage } from './debian.ts'

/** Returns the path of Chromium. Installs it with apt if it is missing and that is possible. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium()
  if (found !== undefined) return found
  if (canInstallPackages() && (await installPackage('chromium'))) {
    const installed = findChromium()
    if (installed !== undefined) return installed
  }
  throw new Unmet(
    'Electron could not be downloaded, and its replacement Chromium is not installed. Install it, or connect to the internet.',
  )
}

function findChromium(): string | undefined {
  const named = process.env['ELECTRON_HOST_CHROMIUM']
  if (named !== undefined) return named
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
}
