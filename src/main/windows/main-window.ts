import { join } from 'node:path'
import {
  BrowserWindow,
  nativeImage,
  nativeTheme,
  screen,
  type IpcMainInvokeEvent,
  type NativeImage,
  type WebContents,
} from 'electron'
import { EVENT_CHANNEL } from '#shared/bridge/channels.ts'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import { asset } from '../assets.ts'
import { attachContextMenu } from '../menus/context-menu.ts'
import type { Translate } from '../i18n.ts'
import type { Log } from '../log/log.ts'
import { INDEX_URL, isAppUrl } from '../security/security-policy.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { ProgressBar } from '../tray/taskbar-progress.ts'
import { CRASH_URL, crashAction, type CrashAction } from './crash-page.ts'
import { createCrashPolicy } from './crash-policy.ts'
import { MIN_SIZE, openingBounds } from './window-bounds.ts'

/** The background colour of the page (ui/tokens.css), so that no other colour flashes before the first paint. */
const BACKGROUND = { light: '#ffffff', dark: '#14181b' }

export interface MainWindowOptions {
  t: Translate
  log: Log
  settings: SettingsStore
  startHidden: boolean
  /** The page is closed or loads again: it receives no events until it is ready. */
  onPageGone: () => void
  onCrashAction: (action: Exclude<CrashAction, 'reload'>) => void
  /** The person closed the window, and the setting `closeToTray` is off. */
  onQuit: () => void
}

export interface MainWindow {
  open(): Promise<void>
  show(): void
  isFocused(): boolean
  send(event: BridgeEvent): void
  /** True for a call from the main frame of this window, if it shows a page of the app. */
  isTrusted(event: IpcMainInvokeEvent): boolean
  /** Drags a file out of the window. Does nothing while the window has no focus: then no person drags. */
  startDrag(file: string): void
  setOverlay(image: NativeImage | null, description: string): void
  /** Shows progress on the taskbar or dock. A failure is shown until the window has focus. */
  setProgress(bar: ProgressBar): void
  /** Asks for attention on the taskbar until the window has focus. */
  flash(): void
  /** Hides the window. After this call, closing it is no longer prevented. */
  letClose(): void
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { t, log, settings } = options
  const saved = settings.windowState()
  const background = (): string => (nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light)
  const window = new BrowserWindow({
    ...openingBounds(
      saved,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: t('app.name'),
    icon: asset('icon.png'),
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // The page receives messages while the window is hidden in the tray. Throttled, it would get them up to a minute late.
      backgroundThrottling: false,
    },
  })
  const contents: WebContents = window.webContents
  let closing = false
  let progressMode: ProgressBar['mode'] = 'none'

  function saveState(): void {
    if (window.isDestroyed() || window.isMinimized()) return
    try {
      settings.saveWindowState({ ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch (error) {
      log.write('warn', 'could not save the window state', error)
    }
  }

  function show(): void {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  function send(event: BridgeEvent): void {
    if (!window.isDestroyed()) contents.send(EVENT_CHANNEL, event)
  }

  function setProgress({ value, mode }: ProgressBar): void {
    if (window.isDestroyed()) return
    const isSeen = mode === 'error' && window.isFocused()
    progressMode = isSeen ? 'none' : mode
    window.setProgressBar(isSeen ? -1 : value, { mode: progressMode })
  }

  function sendFocus(focused: boolean): void {
    send({ account: null, name: 'window.focus', payload: { focused } })
  }

  async function load(url: string): Promise<void> {
    try {
      await contents.loadURL(url)
    } catch (error) {
      log.write('error', 'could not load the page', url, error)
    }
  }

  window.once('ready-to-show', () => {
    if (saved?.maximized) window.maximize()
    if (!options.startHidden) show()
  })
  window.on('focus', () => {
    window.flashFrame(false)
    if (progressMode === 'error') setProgress({ value: -1, mode: 'none' })
    sendFocus(true)
  })
  window.on('blur', () => sendFocus(false))
  window.on('close', (event) => {
    saveState()
    if (closing) return
    event.preventDefault()
    if (settings.get().closeToTray) window.hide()
    else options.onQuit()
  })
  // Keeps the app's title. Otherwise a chat could set the window title.
  window.on('page-title-updated', (event) => event.preventDefault())
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(background())
  })

  const nextStep = createCrashPolicy()
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (closing || reason === 'clean-exit') return
    options.onPageGone()
    const onCrashPage = contents.getURL() === CRASH_URL
    const step = nextStep(performance.now())
    log.write('error', 'renderer gone', reason, exitCode, step)
    // If the crash page itself crashed, loading it again would only crash again.
    if (!onCrashPage) void load(step === 'reload' ? INDEX_URL : CRASH_URL)
  })
  contents.on('unresponsive', () => log.write('warn', 'renderer unresponsive'))
  contents.on('preload-error', (_event, _path, error) => log.write('error', 'preload failed', error))
  contents.on('will-navigate', ({ url }) => {
    const action = contents.getURL() === CRASH_URL ? crashAction(url) : undefined
    if (action === 'reload') void load(INDEX_URL)
    else if (action !== undefined) options.onCrashAction(action)
  })
  contents.on('did-navigate', () => options.onPageGone())
  attachContextMenu(window)

  return {
    open: () => load(INDEX_URL),
    show,
    isFocused: () => !window.isDestroyed() && window.isFocused(),
    send,
    isTrusted: ({ sender, senderFrame }) =>
      sender === contents && senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url),
    startDrag(file) {
      // Without an icon, Electron crashes on Windows.
      const icon = nativeImage.createFromPath(asset('icons/64x64.png'))
      if (!window.isDestroyed() && window.isFocused()) contents.startDrag({ file, icon })
    },
    setOverlay(image, description) {
      if (!window.isDestroyed()) window.setOverlayIcon(image, description)
    },
    setProgress,
    flash() {
      if (!window.isDestroyed() && !window.isFocused()) window.flashFrame(true)
    },
    letClose() {
      closing = true
      saveState()
      window.hide()
    },
  }
}
