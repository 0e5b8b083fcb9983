import { join } from 'node:path'
import { app, powerMonitor } from 'electron'
import { createElectronUpdater } from './electron-updater.ts'
import { keepInstalled } from './installation.ts'
import { keeps, keptInstead } from './ledger.ts'
import type { OpenUpdatesOptions } from './open-updates.ts'
import type { ReasonsToWait } from './reasons-to-wait.ts'
import { placesOf } from './server.ts'
import { createUpdates, type Updates } from './updates.ts'

interface LoadOptions extends OpenUpdatesOptions {
  reasons: ReasonsToWait
  failedVersion: () => string | null
}

/** Loads electron-updater, so it is imported only when an update is looked for. */
export function loadUpdates(options: LoadOptions): Updates {
  const { backend, ledger, installation, settings, reasons, log } = options
  if (backend.updates === undefined || installation.kind === 'other') throw new Error('there are no updates')
  const directory = join(app.getPath('userData'), 'updates')
  const source = createElectronUpdater({
    installation,
    places: placesOf(backend.updates),
    publicKey: backend.updates.publicKey,
    fetch: options.network.fetch,
    directory,
    bad: () => ledger.get().bad,
    letClose: options.letClose,
    log,
  })
  const updates = createUpdates({
    source,
    reasons,
    async keep(next) {
      const version = app.getVersion()
      const older = keptInstead(ledger.get(), version)
      if (older !== null) ledger.set(keeps(ledger.get(), older, next))
      else if (await keepInstalled(installation, directory)) ledger.set(keeps(ledger.get(), version, next))
      else log.write('warn', 'no copy of this version can be kept')
    },
    isAutomatic: () => settings.get().autoUpdate,
    failedVersion: options.failedVersion,
    hideNextStart: () => void ledger.set({ ...ledger.get(), hiddenOnce: true }),
    quit: () => app.quit(),
    now: Date.now,
    random: Math.random,
    pace: backend.updates.pace ?? 1,
    onState: options.onState,
    log: (event, detail) => log.write('warn', event, detail),
  })
  // A system that shuts down ends the installer with everything else.
  let isShutdown = false
  powerMonitor.on('shutdown', () => {
    isShutdown = true
  })
  app.once('quit', (_, exitCode) => {
    if (exitCode === 0 && !isShutdown) updates.installOnQuit()
  })
  return updates
}
