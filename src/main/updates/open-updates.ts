import { app, powerMonitor } from 'electron'
import type { Backend } from '#shared/backend.ts'
import type { InstallAnswer, UpdateState } from '#shared/bridge/updates.ts'
import type { Log } from '../log/log.ts'
import type { Network } from '../network/network.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { Installation } from './installation.ts'
import type { LedgerFile } from './ledger-file.ts'
import { reasonsToWait, type RunningApp } from './reasons-to-wait.ts'
import type { Updates } from './updates.ts'
import { isOlder } from './version.ts'

/** How often it is looked whether there is something to do, in ms. The first time is so long after the start. */
const TICK_MS = 60_000

export interface OpenUpdatesOptions {
  backend: Backend
  ledger: LedgerFile
  installation: Installation
  settings: SettingsStore
  network: Pick<Network, 'fetch'>
  running: Omit<RunningApp, 'idleMs'>
  letClose: () => void
  onState: (state: UpdateState) => void
  log: Log
}

/** Updates of the app. The code for them loads a minute after the start, or when the person asks for an update. */
export interface UpdatesService {
  state(): UpdateState
  check(): Promise<void>
  install(): Promise<InstallAnswer>
}

export function openUpdates(options: OpenUpdatesOptions): UpdatesService {
  const { backend, ledger, installation, log } = options
  let state = initialState(backend, installation, ledger)
  let loading: Promise<Updates> | undefined
  const onState = (next: UpdateState): void => {
    state = next
    options.onState(next)
  }
  const load = (): Promise<Updates> =>
    (loading ??= import('./load-updates.ts').then(({ loadUpdates }) =>
      loadUpdates({ ...options, onState, failedVersion: () => failedVersion(ledger), reasons }),
    ))
  const pace = backend.updates?.pace ?? 1
  const idleMs = (): number => powerMonitor.getSystemIdleTime() * 1000
  const reasons = reasonsToWait({ ...options.running, idleMs }, pace)

  if (state.state !== 'none')
    setInterval(() => {
      if (!options.settings.get().autoUpdate) return
      load()
        .then((updates) => updates.tick())
        .catch((error: unknown) => log.write('error', 'updates', error))
    }, TICK_MS / pace).unref()

  return {
    state: () => state,
    async check() {
      if (state.state !== 'none') await (await load()).check(true)
    },
    install: async () => (state.state === 'none' ? 'none' : (await load()).install()),
  }
}

function initialState(
  { updates, emulator }: Backend,
  { kind }: Installation,
  ledger: LedgerFile,
): UpdateState {
  if (updates === undefined) return { state: 'none', why: 'notConfigured' }
  // The emulator is the local backend, whose tests update an app that is not installed.
  if (!app.isPackaged && emulator === null) return { state: 'none', why: 'notInstalled' }
  if (kind === 'other') return { state: 'none', why: app.isPackaged ? 'package' : 'notInstalled' }
  return { state: 'current', checkedAt: null, failed: failedVersion(ledger) }
}

/** The last version that did not start here, if it is newer than this one. */
function failedVersion(ledger: LedgerFile): string | null {
  const failed = ledger.get().bad.at(-1)
  return failed !== undefined && isOlder(app.getVersion(), failed) ? failed : null
}
