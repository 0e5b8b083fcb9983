import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { note, step, Unmet } from './console.ts'
import { root } from './paths.ts'
import { run } from './processes.ts'

const stamp = join(root, 'out/.built')
const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']

/** Builds the app into out/ unless the last build is newer than all its inputs. */
export async function ensureBuilt(): Promise<void> {
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest(inputs.map((path) => join(root, path)))) {
    note('out/ is up to date.')
    return
  }
  await build()
}

export async function build(): Promise<void> {
  step('Building the app into out/')
  rmSync(stamp, { force: true })
  const startedAt = new Date()
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const code = await run(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: root })
  if (code !== 0) throw new Unmet('The build failed.')
  writeFileSync(stamp, startedAt.toISOString())
}

/** Returns the latest modification time (ms) of these files and of everything in these folders. */
function newest(paths: readonly string[]): number {
  const times = paths.map((path) => {
    const stats = statSync(path)
    if (!stats.isDirectory()) return stats.mtimeMs
    return Math.max(stats.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))))
  })
  return Math.max(0, ...times)
}
