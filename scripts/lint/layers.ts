import { posix } from 'node:path'

/*
 * Which part of src/ and functions/ may import which. A file belongs to the first part whose path it starts with. `parts` lists the parts
 * it may import besides its own, `runtimes` the platforms whose packages it may use. Packages of no platform (zod, clsx, …)
 * are always allowed.
 */

type Runtime = 'electron' | 'node' | 'react' | 'firebase'

interface Part {
  path: string
  parts: readonly string[]
  runtimes: readonly Runtime[]
}

const renderer = (name: string): string => `src/renderer/${name}/`
const parts: readonly Part[] = [
  { path: 'src/shared/', parts: [], runtimes: [] },
  { path: 'src/main/', parts: ['src/shared/'], runtimes: ['electron', 'node'] },
  { path: 'src/preload/', parts: ['src/shared/'], runtimes: ['electron'] },
  { path: renderer('ui'), parts: ['src/shared/'], runtimes: ['react'] },
  { path: renderer('stores'), parts: ['src/shared/'], runtimes: ['react'] },
  { path: renderer('platform'), parts: ['src/shared/'], runtimes: [] },
  { path: renderer('data'), parts: ['src/shared/'], runtimes: ['firebase'] },
  {
    path: renderer('services'),
    parts: ['src/shared/', renderer('data'), renderer('platform'), renderer('stores')],
    runtimes: ['react'],
  },
  {
    path: renderer('features'),
    parts: ['src/shared/', renderer('services'), renderer('stores'), renderer('ui')],
    runtimes: ['react'],
  },
  { path: 'src/renderer/', parts: ['src/shared/', 'src/renderer/'], runtimes: ['react'] },
  { path: 'functions/src/', parts: ['src/shared/'], runtimes: ['node'] },
]

const TEST_DATA = 'src/shared/domain/test-data.ts'
const isOfTests = (file: string): boolean => /\.test\.tsx?$|\/fixtures\//.test(file)

/** Modules that open connections, and the files that may use them. Everything else takes `Network`, so that the proxy holds for it. */
const connecting = /^(?:node:(?:dns|http|https|http2|net|tls|dgram)(?:\/promises)?|socks|undici)$/
const mayConnect = /^src\/main\/(?:network\/|push\/mcs\.ts$|links\/preview\/)/

/** Returns why a file may not import a module, or undefined. Paths are relative to the project, with forward slashes. */
export function importProblem(file: string, specifier: string): string | undefined {
  const part = partOf(file)
  if (part === undefined) return undefined
  const target = targetOf(file, specifier)
  if (target === undefined) {
    if (part.path === 'src/main/' && connecting.test(specifier) && !mayConnect.test(file) && !isOfTests(file))
      return 'Only src/main/network/ opens connections, through the proxy of the settings.'
    const runtime = runtimeOf(specifier)
    if (runtime === undefined || part.runtimes.includes(runtime)) return undefined
    if (runtime === 'node' && /\.test\.tsx?$/.test(file)) return undefined
    return `${part.path} does not import ${runtime}.`
  }
  const feature = featureOf(target)
  if (feature !== undefined && featureOf(file) !== undefined && feature !== featureOf(file)) {
    return `Features do not import each other: move shared code into services, stores or ui.`
  }
  if (target === TEST_DATA && !isOfTests(file)) return `${TEST_DATA} is only for tests.`
  if (target.startsWith('assets/')) return undefined
  const targetPart = partOf(target)?.path ?? target
  if (targetPart === part.path || part.parts.some((allowed) => targetPart.startsWith(allowed)))
    return undefined
  return `${part.path} does not import ${targetPart}.`
}

/** Names that may be used in one place only, and that place. */
const guardedNames: Record<string, RegExp> = {
  ipcMain: /^src\/main\/bridge\/ipc\.ts$/,
  BRIDGE_KEY: /^src\/(renderer\/platform|preload|shared)\//,
}

/** Returns why a file in src/ may not use a name, or undefined. */
export function nameProblem(file: string, name: string): string | undefined {
  const place = Object.hasOwn(guardedNames, name) ? guardedNames[name] : undefined
  if (place === undefined || !file.startsWith('src/') || place.test(file)) return undefined
  return `${name} may only be used in ${place.source.replaceAll(/[\\^$]/g, '')}.`
}

/** Only the platform part may use `window.perch`, the renderer's access to the bridge. */
export function mayReadBridge(file: string): boolean {
  return !file.startsWith('src/') || file.startsWith(renderer('platform'))
}

function partOf(file: string): Part | undefined {
  return parts.find(({ path }) => file.startsWith(path))
}

function featureOf(file: string): string | undefined {
  return /^src\/renderer\/features\/([^/]+)\//.exec(file)?.[1]
}

/** Returns the project file of a specifier, or undefined for a package. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#shared/')) return specifier.replace('#shared/', 'src/shared/')
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier)
  return undefined
}

function runtimeOf(specifier: string): Runtime | undefined {
  if (specifier.startsWith('node:')) return 'node'
  if (/^electron(\/|-|$)/.test(specifier)) return 'electron'
  if (/^@?firebase(\/|$)/.test(specifier)) return 'firebase'
  if (/^(react|react-dom|react-i18next|@base-ui\/react|lucide-react)(\/|$)/.test(specifier)) return 'react'
  return undefined
}
