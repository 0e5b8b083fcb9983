import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { note, step, Unmet } from './console.ts'
import { root, stateDirectory } from './paths.ts'
import { run } from './processes.ts'

const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
const gallery = 'tests/support/gallery'
const functionsInputs = ['functions/src', 'functions/vite.config.ts', 'src/shared', 'package-lock.json']
const functionsStamp = join(root, 'functions/lib/.built')
const appStamp = join(root, 'out/.built')
/** Exists when the gallery is built. */
export const galleryStamp = join(stateDirectory, 'gallery/.built')

/** Builds the app into out/ unless the last build is newer than all its inputs. */
export async function ensureBuilt(): Promise<void> {
  if (isCurrent(appStamp, inputs)) {
    note('out/ is up to date.')
    return
  }
  await build()
}

export async function build(): Promise<void> {
  step('Building the app into out/')
  await buildWith(['electron-vite/bin/electron-vite.js', 'build'], appStamp)
}

/** Builds the gallery into .perch/gallery/ unless the last build is newer than all its inputs. */
export async function ensureGalleryBuilt(): Promise<void> {
  if (!isCurrent(galleryStamp, [...inputs, gallery])) {
    await buildWith(['vite/bin/vite.js', 'build', gallery], galleryStamp)
  }
}

/** Bundles the Cloud Functions into functions/lib/ unless the last build is newer than all their inputs. */
export async function ensureFunctionsBuilt(): Promise<void> {
  if (!isCurrent(functionsStamp, functionsInputs)) {
    await buildWith(['vite/bin/vite.js', 'build', 'functions'], functionsStamp)
  }
}

/** Runs a package's script. `module` is its path in node_modules; its arguments follow. */
async function buildWith([module = '', ...args]: string[], stamp: string): Promise<void> {
  rmSync(stamp, { force: true })
  const startedAt = new Date()
  const cli = join(root, 'node_modules', module)
  const code = await run(process.execPath, [cli, ...args, '--logLevel', 'warn'], { cwd: root })
  if (code !== 0) throw new Unmet('The build failed.')
  writeFileSync(stamp, startedAt.toISOString())
}

function isCurrent(stamp: string, paths: readonly string[]): boolean {
  return existsSync(stamp) && statSync(stamp).mtimeMs > newest(paths.map((path) => join(root, path)))
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
