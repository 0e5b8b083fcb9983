import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { app, autoUpdater } from 'electron'
import { AppImageUpdater, MacUpdater, NsisUpdater, Provider, type UpdateInfo } from 'electron-updater'
import { parseUpdateInfo, type ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import type { Log } from '../log/log.ts'
import { download } from './download.ts'
import { readFeed, type Feed } from './feed.ts'
import { replaceAppImage, type Installation } from './installation.ts'
import { requestText, type Fetch, type Places } from './server.ts'
import { UpdateError } from './update-error.ts'
import type { Offer, UpdateSource } from './updates.ts'
import { isOlder } from './version.ts'

export interface UpdaterOptions {
  installation: Exclude<Installation, { kind: 'other' }>
  places: Places
  publicKey: string | undefined
  fetch: Fetch
  /** Downloads and the number that decides about staged versions. */
  directory: string
  /** Versions that are never offered. */
  bad: () => readonly string[]
  /** Closing the windows is no longer prevented. */
  letClose: () => void
  log: Log
}

type Updater = AppImageUpdater | MacUpdater | NsisUpdater

/** Replaces its file in one step and starts nothing: the inherited method deletes the old file first, and runs the new one to end it again. */
class OneStepAppImageUpdater extends AppImageUpdater {
  protected override doInstall(): boolean {
    const [target, source] = [process.env['APPIMAGE'], this.installerPath]
    if (target === undefined || source === null) return false
    replaceAppImage(target, source)
    rmSync(source, { force: true })
    return true
  }
}

/** What electron-updater has to know about the app. */
function adapterFor(directory: string): ConstructorParameters<typeof NsisUpdater>[1] {
  return {
    version: app.getVersion(),
    name: app.getName(),
    isPackaged: true,
    // Has the name of the publisher, which signs the installer for Windows.
    appUpdateConfigPath: join(process.resourcesPath, 'app-update.yml'),
    userDataPath: directory,
    baseCachePath: directory,
    whenReady: () => app.whenReady(),
    relaunch: () => app.relaunch(),
    quit: () => app.quit(),
    onQuit: (handler) => app.once('quit', (_, exitCode) => handler(exitCode)),
  }
}

const updaters: Readonly<
  Record<
    UpdaterOptions['installation']['kind'],
    new (options: undefined, adapter: ReturnType<typeof adapterFor>) => Updater
  >
> = { appImage: OneStepAppImageUpdater, nsis: NsisUpdater, bundle: MacUpdater }

/** Squirrel takes an update only if it is signed as this app is. Its `error` rejects the promise of `once`. */
function takenBySquirrel(): Promise<void> {
  const taken = once(autoUpdater, 'update-downloaded').then(
    () => undefined,
    (cause: unknown) => {
      throw new UpdateError('signature', 'Squirrel refuses the update', { cause })
    },
  )
  // When the download fails first, nobody waits for this.
  taken.catch(() => undefined)
  return taken
}

/**
 * electron-updater with a feed and downloads of our own: it does what differs between the systems, and decides about staged versions.
 */
export function createElectronUpdater(options: UpdaterOptions): UpdateSource {
  const { installation, places, publicKey, fetch, directory, log } = options
  let latest: Feed | undefined
  let progress: (percent: number) => void = () => undefined

  class OwnProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime)
    }
    /** The inherited method would send a number that is this installation's own with each request. */
    override setRequestHeaders(): void {}
    async getLatestVersion(): Promise<UpdateInfo> {
      const file = `${this.getDefaultChannelName()}.yml`
      const url = new URL(file, places.feed)
      const text = await requestText(fetch, url)
      latest = readFeed(text, publicKey, (yaml) => parseUpdateInfo(yaml, file, url))
      const [first] = latest.files
      return { ...latest, path: first?.url ?? '', sha512: first?.sha512 ?? '' }
    }
    resolveFiles({ version, files }: UpdateInfo): { url: URL; info: UpdateInfo['files'][number] }[] {
      return files.map((info) => ({
        url: new URL(encodeURIComponent(info.url), places.files(version)),
        info,
      }))
    }
  }

  /** Replaces what electron-updater downloads with: it neither continues a download nor uses the page's network. */
  const httpExecutor = {
    async download(url: URL, destination: string, { sha512 }: { sha512: string }): Promise<void> {
      const size = latest?.files.find((file) => file.sha512 === sha512)?.size
      if (size === undefined) throw new UpdateError('server', 'the feed does not describe the file')
      await download({
        fetch,
        url,
        expected: { sha512, size },
        directory: join(directory, 'parts'),
        destination,
        onProgress: (done) => progress(Math.floor((100 * done) / size)),
      })
    },
  }

  const updater = new updaters[installation.kind](undefined, adapterFor(directory))
  // Fields that its types do not have. Without app-update.yml it would not download: only a package has that file.
  Object.assign(updater, {
    httpExecutor,
    ...(!app.isPackaged && {
      configOnDisk: { value: Promise.resolve({ updaterCacheDirName: 'perch-updater' }) },
    }),
  })
  updater.logger = {
    info: () => undefined,
    warn: (message) => log.write('warn', 'updater', message),
    error: (message) => log.write('warn', 'updater', message),
  }
  updater.setFeedURL({ provider: 'custom', updateProvider: OwnProvider })
  updater.autoDownload = false
  updater.allowDowngrade = false
  updater.allowPrerelease = false
  updater.disableWebInstaller = true
  updater.disableDifferentialDownload = true
  // Squirrel takes the file right after the download, and installs it when the app ends. The other two wait for `installOnQuit`.
  updater.autoInstallOnAppQuit = updater instanceof MacUpdater
  const isStagedFor = updater.isUserWithinRollout

  return {
    async check(asked): Promise<Offer | null> {
      updater.isUserWithinRollout = async (info) =>
        !options.bad().includes(info.version) && (asked || isStagedFor(info))
      const result = await updater.checkForUpdates()
      if (result === null || latest === undefined) throw new UpdateError('unexpected', 'the updater is off')
      const { version, releaseNotes } = latest
      if (result.isUpdateAvailable) return { version, notes: releaseNotes }
      if (isOlder(version, app.getVersion())) throw new UpdateError('older', `the feed has ${version}`)
      return null
    },
    async download(onProgress) {
      progress = onProgress
      if (installation.kind === 'appImage') await access(dirname(installation.file), constants.W_OK)
      const taken = updater instanceof MacUpdater ? takenBySquirrel() : undefined
      await updater.downloadUpdate()
      await taken
    },
    restart() {
      if (!(updater instanceof MacUpdater)) return false
      autoUpdater.once('before-quit-for-update', options.letClose)
      updater.quitAndInstall()
      return true
    },
    installOnQuit(restart) {
      if (updater instanceof MacUpdater) return
      updater.install(true, restart)
      // The relaunched app waits for the end of this one, so it gets the lock of the profile.
      if (restart && installation.kind === 'appImage') app.relaunch({ execPath: installation.file, args: [] })
    },
  }
}
