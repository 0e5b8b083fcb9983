import { join } from 'node:path'
import { app, dialog } from 'electron'
import { openLedger } from './updates/ledger-file.ts'
import { installationOf } from './updates/installation.ts'
import { beginStartup } from './updates/startup.ts'

/*
 * The first code of the app. It notices when a new version does not start, so it imports nothing that could be the reason:
 * everything else is loaded with index.ts.
 */

function restart(): void {
  const appImage = process.env['APPIMAGE']
  const args = process.argv.slice(1)
  app.relaunch(appImage === undefined ? { args } : { args, execPath: appImage })
  app.exit(1)
}

async function start(): Promise<void> {
  const directory = join(app.getPath('userData'), 'updates')
  const startup = beginStartup({
    ledger: openLedger(directory),
    installation: installationOf({ platform: process.platform, env: process.env, exe: app.getPath('exe') }),
    directory,
    version: app.getVersion(),
    restart,
    exit: () => app.exit(0),
    warn: (event, error) => console.error(event, error ?? ''),
  })
  if (startup === null) return
  try {
    const { main } = await import('./index.ts')
    main(startup)
  } catch (error) {
    console.error(error)
    if (startup.failed()) return
    dialog.showErrorBox(app.getName(), String(error))
    app.exit(1)
  }
}

const profile = app.commandLine.getSwitchValue('user-data-dir')
if (profile !== '') app.setPath('userData', profile)

// Without the lock: another instance uses this profile. Electron has notified that instance, which shows its window.
if (app.requestSingleInstanceLock()) await start()
else app.quit()
