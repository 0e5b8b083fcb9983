import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { backendSchema, type Backend } from '../../src/shared/backend.ts'
import { isHubRunning, saveBackend, startBackend } from './backend.ts'
import { step, Unmet } from './console.ts'
import { startFcmEmulator } from './fcm/emulator.ts'
import { stateDirectory } from './paths.ts'
import { beforeExit, isAlive, signalGroup } from './processes.ts'

/*
 * The local backend of this checkout, with its data in .perch/backend. The command that starts it owns it and ends it.
 * Other commands join it as guests while it runs.
 */

const directory = join(stateDirectory, 'backend')
const runningFile = join(directory, 'running.json')
const ownerFile = join(directory, 'owner.pid')
const guestsDirectory = join(directory, 'guests')
const START_LIMIT_MS = 150_000
const SAVE_INTERVAL_MS = 60_000
const POLL_INTERVAL_MS = 500

const runningSchema = z.object({
  backend: backendSchema,
  configFile: z.string(),
  hubPort: z.number(),
  pids: z.array(z.number()),
})
type Running = z.infer<typeof runningSchema>

export interface LocalBackend {
  backend: Backend
  /** File for PERCH_BACKEND. */
  configFile: string
  /** True when this process started the backend, false when it joined. */
  owner: boolean
  /** Resolves when the backend ends, for any reason. */
  ended: Promise<void>
  hasGuests(): boolean
  /** Resolves when no other command uses the backend. */
  untilUnused(): Promise<void>
}

/** Joins the running backend, or starts it with its saved data. On exit a guest leaves it; the owner saves and ends it. */
export async function openLocalBackend(): Promise<LocalBackend> {
  const deadline = Date.now() + START_LIMIT_MS
  while (!claim()) {
    const running = readRunning()
    if (running !== undefined && (await isHubRunning(running.hubPort))) {
      step('Joining the running local backend')
      return joinAsGuest(running)
    }
    if (Date.now() > deadline) {
      throw new Unmet(
        `Process ${ownerPid()} owns the local backend, but the backend does not respond. End it or delete ${ownerFile}.`,
      )
    }
    await delay(POLL_INTERVAL_MS)
  }
  await endOrphan()
  return own()
}

/** Deletes all accounts and documents. */
export async function eraseLocalBackend(): Promise<void> {
  if (!claim()) throw new Unmet('The local backend is running; end the other command first.')
  await endOrphan()
  rmSync(directory, { recursive: true, force: true })
}

/** Makes this process the owner. Returns false when another running process is the owner. */
function claim(): boolean {
  mkdirSync(directory, { recursive: true })
  const pid = ownerPid()
  if (pid === process.pid) return true
  if (pid !== undefined && isAlive(pid)) return false
  rmSync(ownerFile, { force: true })
  try {
    writeFileSync(ownerFile, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    return false // Another command created the file first.
  }
}

function ownerPid(): number | undefined {
  return existsSync(ownerFile) ? Number(readFileSync(ownerFile, 'utf8')) : undefined
}

function readRunning(): Running | undefined {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(runningFile, 'utf8')))
  } catch {
    return undefined // Missing or partly written.
  }
}

/** Emulators keep running when their owner is killed. Saves their data and ends them. */
async function endOrphan(): Promise<void> {
  const running = readRunning()
  if (running === undefined) return
  if (await isHubRunning(running.hubPort)) {
    step('Saving and ending a backend that an earlier command left running')
    await saveBackend(running.hubPort, directory)
    for (const pid of running.pids) signalGroup(pid, 'SIGKILL')
  }
  rmSync(runningFile, { force: true })
}

async function own(): Promise<LocalBackend> {
  step('Starting the local backend (the Firebase emulators, with functions and FCM)')
  beforeExit(async () => rmSync(ownerFile, { force: true }))
  const push = await startFcmEmulator({ stateFile: join(directory, 'fcm.json') })
  const started = await startBackend(directory, { push })
  const { backend, configFile, hubPort, pids, ended } = started
  const running: Running = { backend, configFile, hubPort, pids }
  writeFileSync(runningFile, JSON.stringify(running, undefined, 2))

  let saving = Promise.resolve()
  const saveRegularly = setInterval(() => {
    saving = started.save().catch((error: unknown) => console.error(error))
  }, SAVE_INTERVAL_MS).unref()
  beforeExit(async () => {
    clearInterval(saveRegularly)
    rmSync(runningFile, { force: true })
    step('Saving the backend')
    await saving
    await started.save()
    await started.stop()
  })
  return { backend, configFile, owner: true, ended, hasGuests, untilUnused }
}

async function untilUnused(): Promise<void> {
  while (hasGuests()) await delay(POLL_INTERVAL_MS)
}

function hasGuests(): boolean {
  return existsSync(guestsDirectory) && readdirSync(guestsDirectory).some((pid) => isAlive(Number(pid)))
}

function joinAsGuest({ backend, configFile }: Running): LocalBackend {
  const guestFile = join(guestsDirectory, String(process.pid))
  mkdirSync(guestsDirectory, { recursive: true })
  writeFileSync(guestFile, '')
  beforeExit(async () => rmSync(guestFile, { force: true }))
  return {
    backend,
    configFile,
    owner: false,
    ended: untilEnded(),
    hasGuests: () => false,
    untilUnused: async () => undefined,
  }
}

async function untilEnded(): Promise<void> {
  while (existsSync(runningFile)) {
    const pid = ownerPid()
    if (pid === undefined || !isAlive(pid)) return
    await delay(POLL_INTERVAL_MS, undefined, { ref: false })
  }
}
