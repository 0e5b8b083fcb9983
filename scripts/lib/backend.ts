import {
  closeSync,
  openSync,
  readFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Backend } from '../../src/shared/backend.ts'
import { Unmet } from './console.ts'
import { firebaseCli, firebaseEnvironment, firestoreJar, freePorts, wrapFirestore } from './emulators.ts'
import { ensureFunctions, FUNCTIONS } from './functions.ts'
import { ensureJava } from './java.ts'
import { root } from './paths.ts'
import { beforeExit, isAlive, start, type Started } from './processes.ts'
import { storageRulesJar } from './storage-rules-runtime.ts'

const PROJECT = 'demo-perch'
const HOST = '127.0.0.1'
const READY_LIMIT_MS = 120_000
const SAVE_LIMIT_MS = 30_000

/** A replacement of FCM: the emulator in `fcm/`, or a recorder in tests. */
export interface PushService {
  /** Http: registrations, and sending in the form of FCM v1. */
  fcmPort: number
  /** TLS: delivery. */
  mcsPort: number
  /** Certificate of the TLS server, in PEM. */
  ca: string
  stop(): Promise<void>
}

export interface BackendOptions {
  /** Starts Cloud Functions too, which send pushes through this service. It ends with the backend. */
  push?: PushService
}

/** The Auth, Firestore and Storage emulators, started by this process. With push, the Functions emulator too. */
export interface RunningBackend {
  backend: Backend
  /** File with the content of `backend`, for PERCH_BACKEND. */
  configFile: string
  /** Resolves when the emulators end, for any reason. */
  ended: Promise<void>
  hubPort: number
  /** Leaders of the process groups. */
  pids: number[]
  save(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the emulators on free ports and waits until they are ready. They write into `directory` and load the data that
 * `save` stored there.
 */
export async function startBackend(
  directory: string,
  { push }: BackendOptions = {},
): Promise<RunningBackend> {
  await ensureJava()
  if (push !== undefined) await ensureFunctions()
  const jar = await firestoreJar()
  const jars = {
    FIRESTORE_EMULATOR_BINARY_PATH: wrapFirestore(jar),
    STORAGE_EMULATOR_BINARY_PATH: await storageRulesJar(jar),
  }
  mkdirSync(directory, { recursive: true })
  removeLeftovers(directory)
  const temporary = join(directory, 'tmp')
  mkdirSync(temporary)
  // firebase-tools requires the rules inside the folder of its configuration.
  for (const name of ['firestore.rules', 'storage.rules'])
    copyFileSync(join(root, name), join(directory, name))
  const [
    auth = 0,
    firestore = 0,
    websocket = 0,
    storage = 0,
    hub = 0,
    logging = 0,
    functions = 0,
    ...others
  ] = await freePorts(9)
  const withFunctions = push === undefined ? undefined : functionsConfig(directory, functions, others)
  const firebaseJson = {
    firestore: { rules: 'firestore.rules' },
    storage: { rules: 'storage.rules' },
    ...withFunctions?.source,
    emulators: {
      singleProjectMode: true,
      auth: { host: HOST, port: auth },
      firestore: { host: HOST, port: firestore, websocketPort: websocket },
      storage: { host: HOST, port: storage },
      hub: { host: HOST, port: hub },
      logging: { host: HOST, port: logging },
      ...withFunctions?.emulators,
      ui: { enabled: false },
    },
  }
  const backend: Backend = {
    firebase: {
      apiKey: 'local',
      authDomain: 'demo-perch.firebaseapp.com',
      projectId: PROJECT,
      storageBucket: 'demo-perch.firebasestorage.app',
      appId: '1:1:web:local',
      ...(push && { messagingSenderId: '1' }),
    },
    emulator: {
      host: HOST,
      authPort: auth,
      firestorePort: firestore,
      storagePort: storage,
      ...(push && {
        push: { functionsPort: functions, fcmPort: push.fcmPort, mcsPort: push.mcsPort, ca: push.ca },
      }),
    },
  }
  const configFile = join(directory, 'perch-backend.json')
  writeFileSync(join(directory, 'firebase.json'), JSON.stringify(firebaseJson, undefined, 2))
  writeFileSync(configFile, JSON.stringify(backend, undefined, 2))

  const data = join(directory, 'data')
  const hasData = existsSync(data)
  const log = openSync(join(directory, 'emulators.log'), 'w')
  const emulators = await start(
    process.execPath,
    [
      ...preload(new URL('./compile-lazily.ts', import.meta.url)),
      ...preload(new URL('./run-storage-rules.ts', import.meta.url)),
      ...(hasData ? preload(new URL('./keep-sessions.ts', import.meta.url)) : []),
      ...[firebaseCli, 'emulators:start', '--project', PROJECT],
      ...['--only', `auth,firestore,storage${push === undefined ? '' : ',functions'}`],
      ...(hasData ? ['--import', data] : []),
    ],
    {
      cwd: directory,
      // The Storage emulator keeps its objects in the folder for temporary files, and deletes all of them when it ends.
      env: {
        ...firebaseEnvironment(),
        ...jars,
        ...{ TMPDIR: temporary, TEMP: temporary, TMP: temporary },
        // Each call that runs beside others takes a process. By default there can be 50 of them.
        ...(push && {
          FCM_EMULATOR_HOST: `${HOST}:${push.fcmPort}`,
          FUNCTIONS_EMULATOR_PARALLEL: '4',
        }),
      },
      // A file instead of a pipe: if this process is killed, the emulators keep running and their data can be saved later.
      stdio: ['ignore', log, log],
    },
  )
  closeSync(log)
  await untilReady(emulators, join(directory, 'emulators.log'))
  emulators.offspring.push(await firestorePid(hub))
  if (push !== undefined) await assertFunctions(functions, join(directory, 'emulators.log'))
  return {
    backend,
    configFile,
    hubPort: hub,
    pids: [emulators.pid, ...emulators.offspring],
    ended: emulators.exited.then(() => undefined),
    save: () => saveBackend(hub, directory),
    async stop() {
      await emulators.stop()
      await push?.stop()
    },
  }
}

/** Makes Node load a script first. */
const preload = ({ href }: URL): string[] => ['--import', href]

/** The Functions emulator loads the functions from the folder of its configuration, too. */
function functionsConfig(
  directory: string,
  port: number,
  [eventarc, tasks]: readonly number[],
): { source: object; emulators: object } {
  const link = join(directory, 'functions')
  rmSync(link, { recursive: true, force: true })
  symlinkSync(join(root, 'functions'), link, 'junction')
  return {
    source: { functions: { source: 'functions', runtime: 'nodejs24' } },
    emulators: {
      functions: { host: HOST, port },
      eventarc: { host: HOST, port: eventarc },
      tasks: { host: HOST, port: tasks },
    },
  }
}

const loadedSchema = z.object({
  backends: z.array(z.object({ functionTriggers: z.array(z.object({ name: z.string() })) })),
})

/** A function that fails to load does not stop the emulators. */
async function assertFunctions(port: number, logFile: string): Promise<void> {
  const response = await fetch(`http://${HOST}:${port}/backends`)
  const { backends } = loadedSchema.parse(await response.json())
  const loaded = backends.flatMap(({ functionTriggers }) => functionTriggers.map(({ name }) => name))
  const missing = FUNCTIONS.filter((name) => !loaded.includes(name))
  if (missing.length > 0) {
    throw new Unmet(
      `These functions were not loaded: ${missing.join(', ')}.\n${readFileSync(logFile, 'utf8')}`,
    )
  }
}

/** Starts an empty backend in a temporary folder, which `stop` removes. */
export async function startTemporaryBackend(options: BackendOptions = {}): Promise<RunningBackend> {
  const directory = mkdtempSync(join(tmpdir(), 'perch-backend-'))
  const running = await startBackend(directory, options)
  const end = async (): Promise<void> => {
    await running.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  const forget = beforeExit(end)
  return {
    ...running,
    async stop() {
      forget()
      await end()
    },
  }
}

export async function withBackend<T>(work: (running: RunningBackend) => Promise<T>): Promise<T> {
  const running = await startTemporaryBackend()
  try {
    return await work(running)
  } finally {
    await running.stop()
  }
}

async function untilReady(emulators: Started, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS
  while (isAlive(emulators.pid) && Date.now() < deadline) {
    if (readFileSync(logFile, 'utf8').includes('All emulators ready')) return
    await delay(100)
  }
  await emulators.stop(1000)
  throw new Unmet(`The Firebase emulators did not start:\n${readFileSync(logFile, 'utf8')}`)
}

/** firebase-tools starts Java in its own process group, which has to be ended separately. */
async function firestorePid(hubPort: number): Promise<number> {
  const response = await fetch(`http://${HOST}:${hubPort}/emulators`)
  return z.object({ firestore: z.object({ pid: z.number() }) }).parse(await response.json()).firestore.pid
}

/** Whether an emulator hub responds on this port. */
export async function isHubRunning(hubPort: number): Promise<boolean> {
  try {
    const response = await fetch(`http://${HOST}:${hubPort}/emulators`, { signal: AbortSignal.timeout(2000) })
    return response.ok
  } catch {
    return false
  }
}

/** Saves all accounts, documents and objects of running emulators. A kill during the save leaves either the old or the new data. */
export async function saveBackend(hubPort: number, directory: string): Promise<void> {
  const data = join(directory, 'data')
  const fresh = join(directory, 'data.new')
  rmSync(fresh, { recursive: true, force: true })
  const response = await fetch(`http://${HOST}:${hubPort}/_admin/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: fresh, initiatedBy: 'perch' }),
    signal: AbortSignal.timeout(SAVE_LIMIT_MS),
  })
  if (!response.ok) throw new Error(`The backend could not save its data: ${await response.text()}`)
  const old = join(directory, 'data.old')
  rmSync(old, { recursive: true, force: true })
  if (existsSync(data)) renameSync(data, old)
  renameSync(fresh, data)
  rmSync(old, { recursive: true, force: true })
}

/** Cleans up after a crash: restores data that an interrupted save had moved aside, deletes unfinished exports and temporary files. */
function removeLeftovers(directory: string): void {
  const data = join(directory, 'data')
  const old = join(directory, 'data.old')
  if (!existsSync(data) && existsSync(old)) renameSync(old, data)
  for (const name of readdirSync(directory)) {
    if (name.startsWith('firebase-export-') || ['data.new', 'data.old', 'tmp'].includes(name)) {
      rmSync(join(directory, name), { recursive: true, force: true })
    }
  }
}
