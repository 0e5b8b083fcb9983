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

Installs what is missing, builds the app, starts the local backend with demo people and chats, and opens the app's window.
With a perch.config.json (see perch.config.example.json) it uses that Firebase project instead of the local backend.

  --profile NAME   profile of the app (first); a second one runs as another person on the same backend
  --reset          first delete all local accounts, chats and profiles

Data is kept in .perch/ between runs. Ctrl-C saves it and ends everything that this command started.
`

const profilesDirectory = join(stateDirectory, 'profiles')
const ownConfig = join(root, 'perch.config.json')
const CODE_POLL_INTERVAL_MS = 1000

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { profile: { type: 'string', default: 'first' }, reset: { type: 'boolean', default: false } },
  })
  if (!/^[a-z0-9-]{1,32}$/.test(values.profile)) {
    throw new Unmet('--profile must be 1 to 32 lower-case letters, digits and dashes.')
  }
  if (values.reset) await reset()
  const electron = await ensureElectron()
  await ensureBuilt()
  if (!hasDisplay()) {
    step('There is no display; running the tour instead of opening a window.')
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
  // Cleanups run in reverse order. So the app stops first: while it quits, it still writes to the backend.
  beforeExit(() => app.stop())
  const first = await Promise.race([app.exited, backend.ended.then(() => 'no backend' as const)])
  if (isExiting()) return 0
  if (first === 'no backend') {
    note('The local backend ended; closing the window.')
    return 0
  }
  step('The window is closed.')
  await backend.untilUnused()
  return first.code ?? 1
})

async function reset(): Promise<void> {
  step('Deleting local accounts, chats and profiles')
  await eraseLocalBackend()
  rmSync(profilesDirectory, { recursive: true, force: true })
}

interface UsedBackend {
  configFile: string
  /** Resolves when the backend ends. */
  ended: Promise<void>
  /** Resolves when no other command uses the backend. */
  untilUnused(): Promise<void>
}

function ownBackend(): UsedBackend {
  const { firebase } = readProjectConfig(ownConfig)
  step(`Using the Firebase project ${firebase.projectId} (perch.config.json)`)
  return { configFile: ownConfig, ended: new Promise(() => undefined), untilUnused: async () => undefined }
}

async function localBackend(): Promise<UsedBackend> {
  const local = await openLocalBackend()
  if (local.owner) {
    const { people } = await seed(local.backend, { ...defaultSeed, now: Date.now() })
    note('Sign in with any phone number. These people have accounts and chats:')
    for (const { phone, displayName } of people) note(`  ${phone}  ${displayName}`)
  }
  note('No text messages are sent: sign-in codes are printed here.')
  printCodes(local.backend)
  const untilUnused = async (): Promise<void> => {
    if (local.hasGuests()) note('Another profile still uses the backend; Ctrl-C ends it.')
    await Promise.race([local.untilUnused(), local.ended])
  }
  return { configFile: local.configFile, ended: local.ended, untilUnused }
}

/** Prints the sign-in codes of the local backend, each once. */
function printCodes(backend: Backend): void {
  const seen = new Set<string>()
  const poll = async (): Promise<void> => {
    for (const { phoneNumber, sessionInfo, code } of await verificationCodes(backend)) {
      if (!seen.has(sessionInfo)) note(`Sign-in code for ${phoneNumber}: ${code}`)
      seen.add(sessionInfo)
    }
  }
  // Requests fail while the backend ends.
  setInterval(() => void poll().catch(() => undefined), CODE_POLL_INTERVAL_MS).unref()
}

/** Electron does not run as root with its sandbox. */
function sandboxFlags(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
