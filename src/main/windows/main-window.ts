import { nativeImage, type BrowserWindow, type IpcMainInvokeEvent, type NativeImage } from 'electron'
import { EVENT_CHANNEL } from '#shared/bridge/channels.ts'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import { asset } from '../assets.ts'
import { INDEX_URL, isAppUrl } from '../security/security-policy.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { ProgressBar } from '../tray/taskbar-progress.ts'
import { CRASH_URL } from './crash-page.ts'
import { createPageWindow, type PageWindowOptions } from './page-window.ts'
import { applyZoom, followZoom } from './zoom.ts'

export interface MainWindowOptions extends Omit<PageWindowOptions, 'saved' | 'isClosing'> {
  settings: SettingsStore
  startHidden: boolean
  /** The window was shown or hidden. */
  onVisibility: (visible: boolean) => void
  /** The person closed the window, and the setting `closeToTray` is on. */
  onHide: () => void
  /** The same, but the setting is off. */
  onQuit: () => void
}

export interface MainWindow {
  /** Creates the window and loads the page. The window stays hidden unless `show` is called or it opens at the start. */
  open(): Promise<void>
  /** Shows the window; loads the page if it was released. */
  show(): void
  hide(): void
  minimize(): void
  /** Ends the page and its process. Does nothing while the window is visible. */
  release(): void
  /** False: there is no page, since `release`. */
  isOpen(): boolean
  isVisible(): boolean
  /** It shows the crash page. */
  hasCrashed(): boolean
  isMinimized(): boolean
  isFocused(): boolean
  /** Loads the page again after `between`. Meanwhile the window is empty and no page runs. */
  reload(between: () => Promise<void>): Promise<void>
  /** Ends the page as if it had crashed: it is loaded again. */
  endPage(): void
  send(event: BridgeEvent): void
  /** True for a call from the main frame of this window, if it shows a page of the app. */
  isTrusted(event: IpcMainInvokeEvent): boolean
  /** Drags a file out of the window. Does nothing while the window has no focus: then no person drags. */
  startDrag(file: string): void
  setOverlay(image: NativeImage | null, description: string): void
  /** Shows progress on the taskbar or dock. A failure is shown until the window has focus. */
  setProgress(bar: ProgressBar): void
  /** Asks for attention on the taskbar until the window has focus. Does nothing while it already does. */
  flash(): void
  /** Hides the window. After this call, closing it is no longer prevented. */
  letClose(): void
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { log, settings } = options
  let current: BrowserWindow | undefined
  let closing = false
  let progressMode: ProgressBar['mode'] = 'none'
  let flashing = false
  /** The window is shown as soon as its page has painted. */
  let showsWhenReady = !options.startHidden

  const live = (): BrowserWindow | undefined => (current?.isDestroyed() === false ? current : undefined)

  settings.onChange(() => {
    const window = live()
    if (window !== undefined) applyZoom(window.webContents, settings)
  })

  function saveState(window: BrowserWindow): void {
    if (window.isMinimized()) return
    try {
      settings.saveWindowState({ ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch (error) {
      log.write('warn', 'could not save the window state', error)
    }
  }

  function bringUp(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  async function open(): Promise<void> {
    if (live() !== undefined || closing) return
    const saved = settings.windowState()
    const window = createPageWindow({ ...options, saved, isClosing: () => closing || current !== window })
    current = window
    followZoom(window.webContents, settings)
    watch(window, saved?.maximized === true)
    try {
      await window.webContents.loadURL(INDEX_URL)
    } catch (error) {
      if (!window.isDestroyed()) log.write('error', 'could not load the page', INDEX_URL, error)
    }
  }

  function show(): void {
    const window = live()
    showsWhenReady = true
    if (window === undefined) void open()
    else bringUp(window)
  }

  function send(event: BridgeEvent): void {
    live()?.webContents.send(EVENT_CHANNEL, event)
  }

  function sendFocus(focused: boolean): void {
    send({ account: null, name: 'window.focus', payload: { focused } })
  }

  function setProgress({ value, mode }: ProgressBar): void {
    const window = live()
    if (window === undefined) return
    const isSeen = mode === 'error' && window.isFocused()
    progressMode = isSeen ? 'none' : mode
    window.setProgressBar(isSeen ? -1 : value, { mode: progressMode })
  }

  function watch(window: BrowserWindow, maximized: boolean): void {
    window.once('ready-to-show', () => {
      if (maximized) window.maximize()
      if (showsWhenReady) bringUp(window)
    })
    window.on('show', () => options.onVisibility(true))
    window.on('hide', () => options.onVisibility(false))
    window.on('focus', () => {
      window.flashFrame(false)
      flashing = false
      if (progressMode === 'error') setProgress({ value: -1, mode: 'none' })
      sendFocus(true)
    })
    window.on('blur', () => sendFocus(false))
    window.on('close', (event) => {
      saveState(window)
      if (closing) return
      event.preventDefault()
      if (settings.get().closeToTray) options.onHide()
      else options.onQuit()
    })
  }

  return {
    open,
    show,
    hide: () => live()?.hide(),
    minimize: () => live()?.minimize(),
    release() {
      const window = live()
      if (window === undefined || window.isVisible()) return
      saveState(window)
      showsWhenReady = false
      current = undefined
      flashing = false
      window.destroy()
      options.onPageGone()
    },
    isOpen: () => live() !== undefined,
    isVisible: () => live()?.isVisible() === true,
    hasCrashed: () => live()?.webContents.getURL() === CRASH_URL,
    isMinimized: () => live()?.isMinimized() === true,
    isFocused: () => live()?.isFocused() === true,
    endPage: () => live()?.webContents.forcefullyCrashRenderer(),
    async reload(between) {
      const contents = live()?.webContents
      try {
        await contents?.loadURL('data:text/html,')
        await between()
      } finally {
        await contents?.loadURL(INDEX_URL)
      }
    },
    send,
    isTrusted: ({ sender, senderFrame }) =>
      sender === live()?.webContents &&
      senderFrame !== null &&
      senderFrame.parent === null &&
      isAppUrl(senderFrame.url),
    startDrag(file) {
      // Without an icon, Electron crashes on Windows.
      const icon = nativeImage.createFromPath(asset('icons/64x64.png'))
      const window = live()
      if (window?.isFocused() === true) window.webContents.startDrag({ file, icon })
    },
    setOverlay(image, description) {
      live()?.setOverlayIcon(image, description)
    },
    setProgress,
    flash() {
      const window = live()
      if (window?.isFocused() !== false || flashing) return
      flashing = true
      window.flashFrame(true)
    },
    letClose() {
      closing = true
      const window = live()
      if (window === undefined) return
      saveState(window)
      window.hide()
    },
  }
}
