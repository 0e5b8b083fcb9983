/** Entry of the host: reads Electron's command line, makes `electron` importable and runs the app's main on plain Node. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import inspector from 'node:inspector'
import Module, { createRequire, registerHooks } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { electron, run } from './electron.ts'
import { host, trusted, type Manifest } from './state.ts'

const args = process.argv.slice(2)
const { target, requires } = readCommandLine(args)
const isFolder = statSync(target).isDirectory()
host.appPath = folderWithManifest(isFolder ? target : dirname(target))
host.manifest = readManifest(join(host.appPath, 'package.json'))
host.executable = join(import.meta.dirname, 'electron')
const entry = isFolder ? join(target, host.manifest.main ?? 'index.js') : target

imitateProcess()
provideElectronModule()
const inspectPort = host.switches.get('inspect')
if (inspectPort !== undefined) inspector.open(Number(inspectPort), '127.0.0.1')
for (const file of requires) createRequire(entry)(resolve(file))
await import(pathToFileURL(entry).href)
await run()

function readCommandLine(words: readonly string[]): { target: string; requires: string[] } {
  const required: string[] = []
  let path: string | undefined
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (path === undefined && (word === '-r' || word === '--require')) required.push(rest.shift() ?? '')
    else if (word.startsWith('--')) {
      const [name = '', ...value] = word.slice(2).split('=')
      host.switches.set(name, value.join('='))
    } else path ??= word
  }
  return { target: resolve(path ?? '.'), requires: required }
}

function folderWithManifest(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
  return folderWithManifest(dirname(folder))
}

function readManifest(file: string): Manifest {
  return existsSync(file) ? trusted<Manifest>(JSON.parse(readFileSync(file, 'utf8'))) : {}
}

function imitateProcess(): void {
  const { version } = readManifest(createRequire(import.meta.url).resolve('electron/package.json'))
  process.argv = [host.executable, ...args]
  Object.defineProperty(process, 'execPath', { value: host.executable })
  Object.assign(process, {
    type: 'browser',
    defaultApp: true,
    resourcesPath: join(host.appPath, 'resources'),
  })
  Object.assign(process.versions, { electron: version, chrome: '0.0.0.0' })
}

/** Makes import and require of `electron` return the replacement, in any module and in the inspector's console. */
// oxlint-disable no-underscore-dangle -- Module._load is Node's name
function provideElectronModule(): void {
  const key = 'electron-host'
  Object.assign(globalThis, { [Symbol.for(key)]: electron })
  const source = `globalThis[Symbol.for('${key}')]`
  const esm = `const e=${source};export default e;export const {${Object.keys(electron).join(',')}}=e;`
  registerHooks({
    resolve(specifier, context, next) {
      if (!isElectron(specifier)) return next(specifier, context)
      const format = context.conditions.includes('import') ? 'module' : 'commonjs'
      return { url: `electron-host:${format}`, format, shortCircuit: true }
    },
    load(url, context, next) {
      if (url === 'electron-host:module') return { format: 'module', shortCircuit: true, source: esm }
      if (url === 'electron-host:commonjs') {
        return { format: 'commonjs', shortCircuit: true, source: `module.exports=${source}` }
      }
      return next(url, context)
    },
  })
  // Playwright gets `electron` with the console's `require`, which does not use the hooks.
  const loader = trusted<{ _load?: (id: string, ...rest: unknown[]) => unknown }>(Module)
  const load = loader._load
  loader._load = (id, ...rest) => (isElectron(id) ? electron : load?.call(Module, id, ...rest))
}

function isElectron(specifier: string): boolean {
  return /^electron(\/(main|common))?$/.test(specifier)
}
