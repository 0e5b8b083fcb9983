import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { note } from './console.ts'
import { stateDirectory } from './paths.ts'

const DAY_MS = 24 * 3600_000

/** Tries a download; one that failed is not tried again for a day, so that an offline machine starts quickly. */
export async function attempt(name: string, download: () => Promise<boolean>): Promise<boolean> {
  const marker = join(stateDirectory, 'failed-downloads', name)
  if (existsSync(marker) && Date.now() - statSync(marker).mtimeMs < DAY_MS) {
    note(`(${name}: the download failed less than a day ago; delete ${marker} to try again at once)`)
    return false
  }
  const done = await download()
  if (done) rmSync(marker, { force: true })
  else {
    mkdirSync(join(marker, '..'), { recursive: true })
    writeFileSync(marker, '')
  }
  return done
}
