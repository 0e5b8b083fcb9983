import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { attempt } from './attempts.ts'
import { step, Unmet } from './console.ts'
import { canInstallPackages, installPackage } from './debian.ts'
import { root, stateDirectory } from './paths.ts'
import { output, run } from './processes.ts'
import { zipOne } from './zip.ts'

export const FIRESTORE_MAIN_CLASS = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore'
export const firebaseCli = join(root, 'node_modules/firebase-tools/lib/bin/firebase.js')
const DEBIAN_PACKAGE = 'google-cloud-cli-firestore-emulator'

/** Returns the Firestore emulator's jar. Downloads it with firebase-tools or installs it with apt if this machine has none. */
export async function firestoreJar(): Promise<string> {
  const named = process.env['FIRESTORE_EMULATOR_JAR']
  if (named !== undefined) {
    if (!existsSync(named)) throw new Unmet(`FIRESTORE_EMULATOR_JAR is ${named}, which does not exist.`)
    return named
  }
  const found = (await officialJar('firestore')) ?? installedJar()
  if (found !== undefined) return found
  if (canInstallPackages() && (await installPackage(DEBIAN_PACKAGE))) {
    const installed = installedJar()
    if (installed !== undefined) return installed
  }
  throw new Unmet(
    'The Firestore emulator could not be downloaded and is not installed. Connect to the internet, or install ' +
      `the Debian package ${DEBIAN_PACKAGE}, or set FIRESTORE_EMULATOR_JAR to cloud-firestore-emulator.jar.`,
  )
}

/** The jars that firebase-tools downloads. `storage` is only the rules runtime: the Storage emulator itself is JavaScript. */
const downloads = {
  firestore: /^cloud-firestore-emulator-v.*\.jar$/,
  storage: /^cloud-storage-rules-runtime-v.*\.jar$/,
}

/** Returns a jar that firebase-tools has downloaded, or downloads it. Undefined if that fails. */
export async function officialJar(emulator: keyof typeof downloads): Promise<string | undefined> {
  const found = downloadedJar(emulator)
  if (found !== undefined) return found
  const done = await attempt(`${emulator}-emulator`, async () => {
    step(`Downloading the ${emulator} emulator with firebase-tools`)
    const args = [firebaseCli, `setup:emulators:${emulator}`]
    const env = firebaseEnvironment()
    return (await run(process.execPath, args, { env, cwd: stateDirectory, timeLimitMs: 300_000 })) === 0
  })
  return done ? downloadedJar(emulator) : undefined
}

function downloadedJar(emulator: keyof typeof downloads): string | undefined {
  const directory = process.env['FIREBASE_EMULATORS_PATH'] ?? join(homedir(), '.cache/firebase/emulators')
  if (!existsSync(directory)) return undefined
  const jars = readdirSync(directory).filter((name) => downloads[emulator].test(name))
  const newest = jars.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
  return newest === undefined ? undefined : join(directory, newest)
}

function installedJar(): string | undefined {
  const isJar = (path: string): boolean => path.endsWith('/cloud-firestore-emulator.jar') && existsSync(path)
  const listed = (output('dpkg', ['-L', DEBIAN_PACKAGE]) ?? '').split('\n').find(isJar)
  if (listed !== undefined) return listed
  const sdkRoot = output('gcloud', ['info', '--format=value(installation.sdk_root)'])?.trim()
  if (sdkRoot === undefined) return undefined
  const jar = join(sdkRoot, 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar')
  return isJar(jar) ? jar : undefined
}

/**
 * Returns the Firestore emulator as a jar that firebase-tools can run. The Debian package's jar names no main class, and
 * firebase-tools would change the real jar's file mode.
 */
export function wrapFirestore(jar: string): string {
  return wrapJar('firestore', FIRESTORE_MAIN_CLASS, [jar])
}

/** Writes a jar that has only a manifest, which names the main class and where its classes are: jars, and folders that end with `/`. */
export function wrapJar(name: string, mainClass: string, classPath: readonly string[]): string {
  const wrapper = join(emulatorsDirectory(), `${name}.jar`)
  const content = zipOne('META-INF/MANIFEST.MF', Buffer.from(manifest(mainClass, classPath)))
  // An unchanged file is not rewritten: another emulator may be running from it.
  if (!existsSync(wrapper) || !readFileSync(wrapper).equals(content)) writeFileSync(wrapper, content)
  return wrapper
}

/** Where the scripts keep what they made for the emulators. */
export function emulatorsDirectory(): string {
  const directory = join(stateDirectory, 'emulators')
  mkdirSync(directory, { recursive: true })
  return directory
}

/** Returns the manifest of a wrapper. Lines have at most 72 bytes; a leading space continues a line. */
export function manifest(mainClass: string, classPath: readonly string[]): string {
  const entries = [
    'Manifest-Version: 1.0',
    `Main-Class: ${mainClass}`,
    `Class-Path: ${classPath.map((path) => pathToFileURL(path).href).join(' ')}`,
  ]
  return entries.map((entry) => `${foldLine(entry)}\r\n`).join('')
}

function foldLine(line: string): string {
  return line.length <= 70 ? line : `${line.slice(0, 70)}\r\n${foldLine(` ${line.slice(70)}`)}`
}

/** Environment in which firebase-tools leaves the user's own settings alone, and makes no requests besides the command's own. */
export function firebaseEnvironment(): NodeJS.ProcessEnv {
  const configHome = join(stateDirectory, 'config')
  mkdirSync(join(configHome, 'configstore'), { recursive: true })
  const settings = { motd: { fetched: 4_102_444_800_000 }, usage: false }
  writeFileSync(join(configHome, 'configstore/firebase-tools.json'), JSON.stringify(settings))
  return {
    ...process.env,
    XDG_CONFIG_HOME: configHome,
    METADATA_SERVER_DETECTION: 'none',
    // The emulators and each function are processes of their own, which load thousands of modules.
    NODE_COMPILE_CACHE: join(stateDirectory, 'compile-cache'),
    npm_config_offline: 'true',
    JAVA_TOOL_OPTIONS: [process.env['JAVA_TOOL_OPTIONS'] ?? '', '-Xmx512m'].join(' ').trim(),
  }
}

/** Returns different free ports. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((listening, reject) => {
        server.once('error', reject)
        server.listen(0, '127.0.0.1', listening)
      })
      return server
    }),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port.')
    return address.port
  })
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}
