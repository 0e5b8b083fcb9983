import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFunctionsBuilt } from './build.ts'
import { step, Unmet } from './console.ts'
import { root } from './paths.ts'
import { run } from './processes.ts'

/** The names of all Cloud Functions. */
export const FUNCTIONS = ['onMessageCreated', 'onMessageUpdated', 'testPush', 'cleanUp']

const directory = join(root, 'functions')
let installing: Promise<void> | undefined

/** Installs the packages of the functions and bundles the functions, as far as something has changed. */
export async function ensureFunctions(): Promise<void> {
  await ensureFunctionsInstalled()
  await ensureFunctionsBuilt()
}

/** Installs the packages of the functions unless they are those of the lockfile. Calls of one process share the work. */
export function ensureFunctionsInstalled(): Promise<void> {
  installing ??= install()
  return installing
}

async function install(): Promise<void> {
  const stamp = join(directory, 'node_modules/.perch-lock')
  const lockfile = readFileSync(join(directory, 'package-lock.json'))
  const hash = createHash('sha256').update(lockfile).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  step('Installing the packages of the functions (npm ci)')
  if ((await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])) !== 0) {
    throw new Unmet('npm ci failed in functions/.')
  }
  writeFileSync(stamp, hash)
}

/** Runs npm on this Node: on an older one, npm silently skips packages whose `engines` demand a newer one. */
function npm(args: readonly string[]): Promise<number> {
  const cli = process.env['npm_execpath']
  const options = { cwd: directory }
  return cli?.endsWith('npm-cli.js') === true
    ? run(process.execPath, [cli, ...args], options)
    : run('npm', args, { ...options, shell: process.platform === 'win32' })
}
