import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { attempt } from './attempts.ts'
import { note, step } from './console.ts'
import { ensureChromium } from './chromium.ts'
import { root } from './paths.ts'
import { run } from './processes.ts'

const electronPackage = join(root, 'node_modules/electron')
const hostDirectory = join(root, 'tests/support/electron-host')

export interface Electron {
  binary: string
  /** False: the electron host over Chromium stands in, because Electron could not be downloaded. */
  real: boolean
  /** What to add to the environment of the binary, of Playwright, and of whatever starts them. */
  env: Record<string, string>
}

/** Makes sure that the app can be run: by Electron, downloaded once, else by the electron host. */
export async function ensureElectron(): Promise<Electron> {
  const installed = installedElectron() ?? (await downloadElectron())
  if (installed !== undefined) return { binary: installed, real: true, env: {} }
  const chromium = await ensureChromium()
  note(
    'Electron could not be downloaded: the electron host (tests/support/electron-host) over Chromium stands in.',
  )
  return {
    binary: join(hostDirectory, 'electron'),
    real: false,
    env: {
      ELECTRON_OVERRIDE_DIST_PATH: hostDirectory,
      ELECTRON_HOST_NODE: process.execPath,
      ELECTRON_HOST_CHROMIUM: chromium,
    },
  }
}

/** Electron's binary, if it has been downloaded. */
export function installedElectron(): string | undefined {
  const pathFile = join(electronPackage, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const binary = join(electronPackage, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(binary) ? binary : undefined
}

async function downloadElectron(): Promise<string | undefined> {
  await attempt('electron', async () => {
    step('Downloading Electron')
    const script = createRequire(import.meta.url).resolve('electron/install.js')
    return (await run(process.execPath, [script], { timeLimitMs: 300_000 })) === 0
  })
  return installedElectron()
}
