import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { note } from './console.ts'
import { stateDirectory } from './paths.ts'

const DAY_MS = 24 * 3600_000

/** Tries a download; one that failed is not tried again for a day, so that an offline machine starts quickly. */
export async function attempt(name: string, download: () => Promise<boolean>): Promise<boolean> {
  const marker = join(stateDirectory, 'failed-downloads', name)
  if (existsSync(marker) && Date.now() - statSync(marker).mtimeMs < DAY_MS) return false
  const done = await download()
  if (done) rmSync(marker, { force: true })
  else {
    mkdirSync(dirname(marker), { recursive: true })
    writeFileSync(marker, '')
    note(`The download failed and is not tried again for a day, unless you delete ${marker}.`)
  }
  return done
}
