import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { note } from './console.ts'
import { stateDirectory } from './paths.ts'

const DAY_MS = 24 * 3600_000

/** Runs a download unless it failed less than a day ago, so that scripts start quickly on an offline machine. */
export async function attempt(name: string, download: () => Promise<boolean>): Promise<boolean> {
  const marker = join(stateDirectory, 'failed-downloads', name)
  if (existsSync(marker) && Date.now() - statSync(marker).mtimeMs < DAY_MS) return false
  const done = await download()
  if (done) rmSync(marker, { force: true })
  else {
    mkdirSync(dirname(marker), { recursive: true })
    writeFileSync(marker, '')
    note(`The download failed. Delete ${marker} to retry before a day has passed.`)
  }
  return done
}
