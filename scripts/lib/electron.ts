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
  /** False when the electron host over Chromium replaces Electron, which could not be downloaded. */
  real: boolean
  /** Environment variables for the binary, for Playwright and for their parent processes. */
  env: Record<string, string>
}

/** Provides a way to run the app: Electron, downloaded once, otherwise the electron host. */
export async function ensureElectron(): Promise<Electron> {
  const installed = await provideElectron()
  if (installed !== undefined) return { binary: installed, real: true, env: {} }
  const chromium = await ensureChromium()
  note(
    'Electron could not be downloaded: using the electron host (tests/support/electron-host) over Chromium.',
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

/** Path of Electron's binary, downloaded once. Undefined when that is not possible. */
export async function provideElectron(): Promise<string | undefined> {
  return installedElectron() ?? (await downloadElectron())
}

/** Path of Electron's binary, if it has been downloaded. */
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
