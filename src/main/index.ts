import { join } from 'node:path'
import { app, dialog, nativeTheme, session } from 'electron'
import { BACKEND_FILE, BackendError, readBackend } from './backend.ts'
import { openBridge } from './bridge/ipc.ts'
import { watchDeepLinks } from './links/deep-links.ts'
import { createTranslate } from './i18n.ts'
import { openLog, showLogFolder, type Log } from './log/log.ts'
import { setApplicationMenu } from './menus/application-menu.ts'
import { applySpelling } from './menus/spelling.ts'
import { watchOpenedFiles } from './links/opened-files.ts'
import { createNavigation, type Navigation } from './links/navigation.ts'
import { handleQuit } from './power/quit.ts'
import { createCaptureDevices } from './security/capture-devices.ts'
import { allowCapture, confineContents, registerAppScheme, serveApp } from './security/security.ts'
import { startsHidden } from './settings/login-item.ts'
import { openSettings } from './settings/settings.ts'
import { openStore } from './store/store.ts'
import { CRASH_URL, crashPage } from './windows/crash-page.ts'
import type { Startup } from './updates/startup.ts'
import { createMainWindow, type MainWindow } from './windows/main-window.ts'

/** How long main waits for the page's first call before it loads the rest all the same, in ms. */
const PAGE_WAIT_MS = 1000

/** The app's identity on the Windows taskbar. Notifications show only if it equals the one in electron-builder.yml. */
const APP_ID = 'chat.perch.desktop'

function backendFile(): string {
  if (app.isPackaged) return join(process.resourcesPath, BACKEND_FILE)
  return process.env['PERCH_BACKEND'] ?? join(app.getAppPath(), BACKEND_FILE)
}

function fail(log: Log, startup: Startup, error: unknown): void {
  log.write('error', 'fatal', error)
  if (startup.failed()) return
  const t = createTranslate('en')
  const reason = error instanceof BackendError ? error.message : t('app.fatal.unexpected')
  dialog.showErrorBox(t('app.fatal.title'), reason)
  app.exit(1)
}

/** On Wayland, only the desktop's portal gives keys to a program that has not the focus. */
function allowShortcutPortal(): void {
  const features = app.commandLine.getSwitchValue('enable-features')
  const all = [...features.split(','), 'GlobalShortcutsPortal'].filter((name) => name !== '')
  app.commandLine.appendSwitch('enable-features', all.join(','))
}

/** State that exists before the app is ready: links and second starts can arrive that early. */
interface Early {
  log: Log
  logDirectory: string
  navigation: Navigation
  /** Files that the person has opened with the app, and the page has not taken yet. */
  opened: string[]
  /** Tells the page about new ones; undefined: the app is still starting. */
  onOpened: (() => void) | undefined
  /** True when a link started the app or brought up its window. */
  openedByLink: boolean
  /** What macOS passes to the app when it starts, for example because a notification was clicked. */
  launchInfo: unknown
  window: MainWindow | undefined
}

/**
 * Only what the window needs is imported at the top. Everything else loads when the page makes its first call: then it has what it
 * paints first, and does not wait for main.
 */
async function start(early: Early, startup: Startup): Promise<void> {
  const { log, logDirectory, navigation } = early
  const backend = readBackend(backendFile())
  const settings = openSettings()
  const locale = app.getLocale()
  const t = createTranslate(locale)

  nativeTheme.themeSource = settings.get().theme
  const devices = createCaptureDevices()
  allowCapture(session.defaultSession, devices)
  if (settings.get().proxy.mode !== 'system')
    await (await import('./network/apply-proxy.ts')).applyProxy(settings.get().proxy)
  serveApp(backend, {
    root: join(import.meta.dirname, '../renderer'),
    ownPages: new Map([[CRASH_URL, () => crashPage(t)]]),
    media: async (request) => (await desktop).media(request),
  })
  setApplicationMenu({ t, settings, platform: process.platform, developer: !app.isPackaged })
  applySpelling(settings.get(), process.platform)

  const startHidden =
    (startsHidden(settings.get(), process) || startup.isHidden) &&
    !early.openedByLink &&
    early.opened.length === 0
  const window = createMainWindow({
    t,
    log,
    settings,
    startHidden,
    onPageGone() {
      startup.pageGone()
      navigation.gone()
      void desktop.then((loaded) => loaded.pageGone())
      devices.microphone.close()
      devices.camera.close()
    },
    onCrashAction(action) {
      if (action === 'quit') app.quit()
      else
        showLogFolder(logDirectory).catch((error: unknown) =>
          log.write('error', 'could not open the log folder', error),
        )
    },
    onVisibility() {
      void desktop.then((loaded) => loaded.visibilityChanged())
    },
    onHide() {
      void desktop.then((loaded) => loaded.hideWindow())
    },
    onQuit: () => app.quit(),
  })
  early.window = window
  void window.open()

  const replicas = join(app.getPath('userData'), 'replicas')
  const store = openStore({
    workerFile: join(import.meta.dirname, 'store-worker.js'),
    directory: replicas,
    log: (event, detail) => log.write('warn', event, detail),
  })
  const quit = handleQuit({
    log,
    beginQuit() {
      startup.quit()
      window.letClose()
      void desktop.then((loaded) => loaded.quit())
      return navigation.isReady()
    },
    mayQuit: async () => (await desktop).mayQuit(),
    close: () => store.close(),
  })
  const wanted = Promise.withResolvers<undefined>()
  const desktop = wanted.promise
    .then(() => import('./desktop.ts'))
    .then(({ createDesktop }) =>
      createDesktop({
        t,
        locale,
        backend,
        log,
        logDirectory,
        settings,
        devices,
        navigation,
        window,
        store,
        replicas,
        startup,
        launchInfo: early.launchInfo,
        takeOpened: () => early.opened.splice(0),
        hasOpened: () => early.opened.length > 0,
        startedHidden: startHidden,
        onReadyToQuit: quit.ready,
      }),
    )
  openBridge(async () => {
    wanted.resolve(undefined)
    return (await desktop).dispatch
  }, window.isTrusted)
  // A page that makes no call has failed. The person can then still use the tray.
  setTimeout(wanted.resolve, PAGE_WAIT_MS, undefined)
  const { filesOpened } = await desktop
  early.onOpened = filesOpened
}

export function main(startup: Startup): void {
  const logDirectory = join(app.getPath('userData'), 'logs')
  const log = openLog(logDirectory, !app.isPackaged)
  process.on('uncaughtException', (error) => fail(log, startup, error))
  process.on('unhandledRejection', (reason) => log.write('error', 'unhandled rejection', reason))
  const early: Early = {
    log,
    logDirectory,
    navigation: createNavigation((event) => early.window?.send(event)),
    opened: [],
    onOpened: undefined,
    openedByLink: false,
    launchInfo: undefined,
    window: undefined,
  }
  app.setAppUserModelId(APP_ID)
  if (process.platform === 'linux') allowShortcutPortal()
  app.enableSandbox()
  registerAppScheme()
  confineContents()
  watchDeepLinks(
    process.argv,
    (destination) => {
      early.openedByLink = true
      // Goes first: before the window shows, the page must know that a link opens it, not the person.
      early.navigation.go(null, { destination, by: 'link' })
      early.window?.show()
    },
    () => early.window?.show(),
  )
  watchOpenedFiles(process.argv, (paths) => {
    early.opened.push(...paths)
    early.window?.show()
    early.onOpened?.()
  })
  // The app keeps running in the tray.
  app.on('window-all-closed', () => undefined)
  app.on('activate', () => early.window?.show())
  app.once('ready', (_event, launchInfo: unknown) => {
    early.launchInfo = launchInfo
  })
  app
    .whenReady()
    .then(() => start(early, startup))
    .catch((error: unknown) => fail(log, startup, error))
}
