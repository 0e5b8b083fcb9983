import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { backendSchema, type Backend } from '../../src/shared/backend.ts'
import { hubAnswers, saveBackend, startBackend } from './backend.ts'
import { step, Unmet } from './console.ts'
import { stateDirectory } from './paths.ts'
import { beforeExit, isAlive, signalGroup } from './processes.ts'

/*
 * The one backend of this checkout, its data kept in .perch/backend. The command that starts it owns it and ends it;
 * other commands join it as guests while it runs.
 */

const directory = join(stateDirectory, 'backend')
const runningFile = join(directory, 'running.json')
const ownerFile = join(directory, 'owner.pid')
const guestsDirectory = join(directory, 'guests')
const START_LIMIT_MS = 150_000
const SAVE_EVERY_MS = 60_000
const LOOK_EVERY_MS = 500

const runningSchema = z.object({
  backend: backendSchema,
  configFile: z.string(),
  hubPort: z.number(),
  pids: z.array(z.number()),
})
type Running = z.infer<typeof runningSchema>

export interface LocalBackend {
  backend: Backend
  /** The file to name in PERCH_BACKEND. */
  configFile: string
  /** True when this process started it; false when it joined. */
  owner: boolean
  /** Settles when the backend is gone, asked or not. */
  ended: Promise<void>
  hasGuests(): boolean
  /** Settles when no other command uses the backend any more. */
  alone(): Promise<void>
}

/** Joins the backend that runs, or starts it with the data that was kept. It is left, or saved and ended, on exit. */
export async function openLocalBackend(): Promise<LocalBackend> {
  const deadline = Date.now() + START_LIMIT_MS
  while (!claim()) {
    const running = readRunning()
    if (running !== undefined && (await hubAnswers(running.hubPort))) {
      step('Joining the local backend that runs already')
      return visit(running)
    }
    if (Date.now() > deadline) {
      throw new Unmet(
        `Process ${ownerPid()} seems to be starting the backend but does not get there; end it or delete ${ownerFile}.`,
      )
    }
    await delay(LOOK_EVERY_MS)
  }
  await endOrphan()
  return own()
}

/** Removes all accounts and documents. */
export async function eraseLocalBackend(): Promise<void> {
  if (!claim()) throw new Unmet('The local backend is running; end the other command first.')
  await endOrphan()
  rmSync(directory, { recursive: true, force: true })
}

/** Makes this process the owner, unless another living one is. */
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
    return false // Another command was quicker.
  }
}

function ownerPid(): number | undefined {
  return existsSync(ownerFile) ? Number(readFileSync(ownerFile, 'utf8')) : undefined
}

function readRunning(): Running | undefined {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(runningFile, 'utf8')))
  } catch {
    return undefined // Not there, or only half written.
  }
}

/** Emulators whose owner was killed go on running: saves what they hold and ends them. */
async function endOrphan(): Promise<void> {
  const running = readRunning()
  if (running === undefined) return
  if (await hubAnswers(running.hubPort)) {
    step('Saving and ending a backend that was left running')
    await saveBackend(running.hubPort, directory)
    for (const pid of running.pids) signalGroup(pid, 'SIGKILL')
  }
  rmSync(runningFile, { force: true })
}

async function own(): Promise<LocalBackend> {
  step('Starting the local backend (the Firebase emulators)')
  beforeExit(async () => rmSync(ownerFile, { force: true }))
  const started = await startBackend(directory)
  const { backend, configFile, hubPort, pids, ended } = started
  const running: Running = { backend, configFile, hubPort, pids }
  writeFileSync(runningFile, JSON.stringify(running, undefined, 2))

  let saving = Promise.resolve()
  const saveRegularly = setInterval(() => {
    saving = started.save().catch((error: unknown) => console.error(error))
  }, SAVE_EVERY_MS).unref()
  beforeExit(async () => {
    clearInterval(saveRegularly)
    rmSync(runningFile, { force: true })
    step('Saving the backend')
    await saving
    await started.save()
    await started.stop()
  })
  return { backend, configFile, owner: true, ended, hasGuests, alone: untilAlone }
}

async function untilAlone(): Promise<void> {
  while (hasGuests()) await delay(LOOK_EVERY_MS)
}

function hasGuests(): boolean {
  return existsSync(guestsDirectory) && readdirSync(guestsDirectory).some((pid) => isAlive(Number(pid)))
}

function visit({ backend, configFile }: Running): LocalBackend {
  const card = join(guestsDirectory, String(process.pid))
  mkdirSync(guestsDirectory, { recursive: true })
  writeFileSync(card, '')
  beforeExit(async () => rmSync(card, { force: true }))
  return {
    backend,
    configFile,
    owner: false,
    ended: untilEnded(),
    hasGuests: () => false,
    alone: async () => undefined,
  }
}

async function untilEnded(): Promise<void> {
  while (existsSync(runningFile)) {
    const pid = ownerPid()
    if (pid === undefined || !isAlive(pid)) return
    await delay(LOOK_EVERY_MS, undefined, { ref: false })
  }
}
