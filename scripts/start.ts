import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Backend } from '../src/shared/backend.ts'
import { ensureBuilt } from './lib/build.ts'
import { runCommand } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { hasDisplay } from './lib/display.ts'
import { ensureElectron } from './lib/electron.ts'
import { verificationCodes } from './lib/emulator-rest.ts'
import { eraseLocalBackend, openLocalBackend } from './lib/local-backend.ts'
import { root, stateDirectory } from './lib/paths.ts'
import { beforeExit, isExiting, run, start } from './lib/processes.ts'
import { readProjectConfig } from './lib/project-config.ts'
import { defaultSeed, seed } from './lib/seed.ts'

const help = `
npm start [-- --profile NAME] [--reset]

Sets up what is missing, builds the app, starts the local backend with demo people and chats, and opens the app's window.
With a perch.config.json (see perch.config.example.json) it uses that Firebase project instead of the local backend.

  --profile NAME   open the app as another person, beside the one that runs, on the same backend (first)
  --reset          first forget all local accounts, chats and profiles

Data is kept in .perch/ between runs. Ctrl-C saves and ends everything that this command started.
`

const profilesDirectory = join(stateDirectory, 'profiles')
const ownConfig = join(root, 'perch.config.json')
const CODES_EVERY_MS = 1000

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { profile: { type: 'string', default: 'first' }, reset: { type: 'boolean', default: false } },
  })
  if (!/^[a-z0-9-]{1,32}$/.test(values.profile)) {
    throw new Unmet('--profile wants 1 to 32 lower-case letters, digits and dashes.')
  }
  if (values.reset) await reset()
  const electron = await ensureElectron()
  await ensureBuilt()
  if (!hasDisplay()) {
    step('There is no display here, so the tour runs instead of a window.')
    return run(process.execPath, [join(root, 'scripts/tour.ts')])
  }
  const backend = existsSync(ownConfig) ? ownBackend() : await localBackend()

  step(`Opening the window of profile "${values.profile}"`)
  const userData = join(profilesDirectory, values.profile)
  mkdirSync(userData, { recursive: true })
  const app = await start(electron.binary, [...sandboxFlags(), root, `--user-data-dir=${userData}`], {
    env: {
      ...process.env,
      ...electron.env,
      ELECTRON_HOST_HEADED: '1',
      PERCH_BACKEND: backend.configFile,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  // Before the backend: the app still says goodbye to it.
  beforeExit(() => app.stop())
  const first = await Promise.race([app.exited, backend.ended.then(() => 'no backend' as const)])
  if (isExiting()) return 0
  if (first === 'no backend') {
    note('The local backend has ended; closing the window.')
    return 0
  }
  step('The window is closed.')
  await backend.alone()
  return first.code ?? 1
})

async function reset(): Promise<void> {
  step('Forgetting local accounts, chats and profiles')
  await eraseLocalBackend()
  rmSync(profilesDirectory, { recursive: true, force: true })
}

interface UsedBackend {
  configFile: string
  ended: Promise<void>
  alone(): Promise<void>
}

function ownBackend(): UsedBackend {
  const { firebase } = readProjectConfig(ownConfig)
  step(`Using the Firebase project ${firebase.projectId} (perch.config.json)`)
  return { configFile: ownConfig, ended: new Promise(() => undefined), alone: async () => undefined }
}

async function localBackend(): Promise<UsedBackend> {
  const local = await openLocalBackend()
  if (local.owner) {
    const { people } = await seed(local.backend, { ...defaultSeed, now: Date.now() })
    note('Sign in with any phone number; these people exist already and have chats:')
    for (const { phone, displayName } of people) note(`  ${phone}  ${displayName}`)
  }
  note('No text message is sent: each sign-in code appears here.')
  printCodes(local.backend)
  const alone = async (): Promise<void> => {
    if (local.hasGuests()) note('Another profile still uses the backend; Ctrl-C ends it.')
    await Promise.race([local.alone(), local.ended])
  }
  return { configFile: local.configFile, ended: local.ended, alone }
}

/** Prints each sign-in code that the local backend makes from now on. */
function printCodes(backend: Backend): void {
  const seen = new Set<string>()
  const look = async (): Promise<void> => {
    for (const { phoneNumber, sessionInfo, code } of await verificationCodes(backend)) {
      if (!seen.has(sessionInfo)) note(`Sign-in code for ${phoneNumber}: ${code}`)
      seen.add(sessionInfo)
    }
  }
  // The backend may be ending: then there is nothing to look at.
  setInterval(() => void look().catch(() => undefined), CODES_EVERY_MS).unref()
}

/** Electron refuses to run as root with its sandbox. */
function sandboxFlags(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
