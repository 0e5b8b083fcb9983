import type * as E from 'electron'
import { EventEmitter } from 'node:events'
import { app, windows } from './app.ts'
import { browser } from './browser.ts'
import { host, hostEvent, warn, type Has } from './state.ts'
import { screen } from './system.ts'
import { WebContents } from './web-contents.ts'

let focusedWindow: BrowserWindow | null = null
const all = new Set<BrowserWindow>()

const setFocused = (window: BrowserWindow | null): void => {
  focusedWindow = window
}

export class BrowserWindow
  extends EventEmitter
  implements
    Has<
      E.BrowserWindow,
      | 'id'
      | 'show'
      | 'hide'
      | 'close'
      | 'destroy'
      | 'focus'
      | 'blur'
      | 'minimize'
      | 'maximize'
      | 'unmaximize'
      | 'restore'
      | 'isVisible'
      | 'isFocused'
      | 'isDestroyed'
      | 'isMinimized'
      | 'isMaximized'
      | 'isFullScreen'
      | 'getBounds'
      | 'getNormalBounds'
      | 'setBounds'
      | 'loadURL'
      | 'reload'
      | 'setTitle'
      | 'getTitle'
      | 'flashFrame'
      | 'setOverlayIcon'
      | 'setProgressBar'
    >
{
  readonly id: number
  readonly closed: Promise<void>
  readonly webContents: WebContents
  closing = false
  readonly #closed = Promise.withResolvers<void>()
  #title: string
  #visible = false
  #minimized = false
  #maximized = false
  #destroyed = false
  #readyToShow = false
  #bounds: E.Rectangle

  constructor(options: E.BrowserWindowConstructorOptions = {}) {
    super()
    const { webPreferences = {}, width = 800, height = 600, x, y } = options
    if (
      webPreferences.sandbox === false ||
      webPreferences.contextIsolation === false ||
      webPreferences.nodeIntegration
    ) {
      throw new Error('electron-host: only sandboxed, isolated windows are supported')
    }
    this.closed = this.#closed.promise
    this.#title = options.title ?? app.getName()
    this.#bounds = { x: x ?? 0, y: y ?? 0, width, height }
    this.webContents = new WebContents(webPreferences, {
      width,
      height,
      ...(x !== undefined && y !== undefined && { x, y }),
    })
    this.id = this.webContents.id
    all.add(this)
    windows.add(this)
    this.#listenToContents()
    if (options.show !== false) this.show()
    app.emit('web-contents-created', hostEvent(), this.webContents)
    app.emit('browser-window-created', hostEvent(), this)
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all]
  }
  static fromWebContents(contents: unknown): BrowserWindow | null {
    return [...all].find((window) => window.webContents === contents) ?? null
  }
  static fromId(id: number): BrowserWindow | null {
    return [...all].find((window) => window.id === id) ?? null
  }

  #listenToContents(): void {
    const { webContents } = this
    webContents.on('host-paint', () => {
      if (this.#readyToShow) return
      this.#readyToShow = true
      this.emit('ready-to-show')
    })
    webContents.on('host-focus', (focused: boolean) => {
      if (focused) this.#gainFocus()
      else this.blur()
    })
    webContents.on('host-close', () => this.close())
    webContents.on('host-gone', () => this.#onContentsGone())
    webContents.on('render-process-gone', (event: object, details: unknown) =>
      app.emit('render-process-gone', event, webContents, details),
    )
  }

  show(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
    if (!this.#visible) {
      this.#visible = true
      this.#setWindowState('normal')
      this.emit('show')
    }
    this.focus()
  }
  hide(): void {
    if (!this.#visible) return
    this.#visible = false
    this.#setWindowState('minimized')
    this.emit('hide')
    this.blur()
  }

  focus(): void {
    if (!this.#visible || this.isFocused()) return
    this.#gainFocus()
    void this.webContents.attached.then(({ send }) => send('Page.bringToFront')).catch(() => {})
  }
  #gainFocus(): void {
    if (this.isFocused() || this.#destroyed) return
    focusedWindow?.blur()
    setFocused(this)
    this.emit('focus', hostEvent())
    app.emit('browser-window-focus', hostEvent(), this)
  }
  blur(): void {
    if (!this.isFocused()) return
    setFocused(null)
    this.emit('blur', hostEvent())
    app.emit('browser-window-blur', hostEvent(), this)
  }

  minimize(): void {
    this.#minimized = true
    this.#setWindowState('minimized')
    this.emit('minimize')
    this.blur()
  }
  maximize(): void {
    if (this.#maximized) return
    this.#maximized = true
    this.#resizeContents(screen.getPrimaryDisplay().workArea)
    this.emit('maximize')
    this.#emitResize()
  }
  unmaximize(): void {
    if (!this.#maximized) return
    this.#maximized = false
    this.#resizeContents(this.#bounds)
    this.emit('unmaximize')
    this.#emitResize()
  }
  restore(): void {
    if (!this.#minimized) return
    this.#minimized = false
    this.#setWindowState('normal')
    this.emit('restore')
    this.focus()
  }
  isMinimized(): boolean {
    return this.#minimized
  }
  isMaximized(): boolean {
    return this.#maximized
  }
  isFullScreen(): boolean {
    return false
  }
  isVisible(): boolean {
    return this.#visible && !this.#destroyed
  }
  isFocused(): boolean {
    return focusedWindow === this
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }

  close(): void {
    if (this.#destroyed || this.closing) return
    const event = hostEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    if (this.#destroyed || this.closing) return
    this.closing = true
    void this.webContents.attached
      .then(({ targetId }) => browser().send('Target.closeTarget', { targetId }))
      .catch(() => {})
      .then(() => this.webContents.markDestroyed())
  }
  #onContentsGone(): void {
    if (this.#destroyed) return
    if (!this.closing && host.headed) {
      // The person closed Chromium's window, which cannot be prevented. There is no tray, so the app quits.
      this.closing = true
      this.emit('close', hostEvent())
      app.quit()
    }
    this.blur()
    this.#destroyed = true
    all.delete(this)
    windows.delete(this)
    this.emit('closed')
    this.#closed.resolve()
    if (all.size > 0 || host.quitting) return
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed')
    else app.quit()
  }

  getBounds(): E.Rectangle {
    return { ...(this.#maximized ? screen.getPrimaryDisplay().workArea : this.#bounds) }
  }
  getNormalBounds(): E.Rectangle {
    return { ...this.#bounds }
  }
  getSize(): number[] {
    const { width, height } = this.getBounds()
    return [width, height]
  }
  setBounds(bounds: Partial<E.Rectangle>): void {
    const before = this.#bounds
    this.#bounds = { ...before, ...bounds }
    this.#resizeContents(this.#bounds)
    if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) this.#emitResize()
    if (before.x === this.#bounds.x && before.y === this.#bounds.y) return
    this.emit('move', hostEvent())
    this.emit('moved', hostEvent())
  }
  center(): void {}

  #emitResize(): void {
    this.emit('resize', hostEvent())
    this.emit('resized', hostEvent())
  }
  /** Resizes the page. The position is only stored. */
  #resizeContents({ width, height }: E.Rectangle): void {
    this.webContents.attached
      .then(({ windowId }) => browser().send('Browser.setContentsSize', { windowId, width, height }))
      .catch(warn)
  }
  /** Does nothing when headless: hidden pages of the app are not throttled (backgroundThrottling: false). */
  #setWindowState(windowState: 'normal' | 'minimized'): void {
    if (!host.headed) return
    void this.webContents.attached
      .then(({ windowId }) =>
        browser().send('Browser.setWindowBounds', { windowId, bounds: { windowState } }),
      )
      .catch(() => {})
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  reload(): void {
    this.webContents.reload()
  }
  setTitle(title: string): void {
    this.#title = title
  }
  getTitle(): string {
    return this.#title
  }
  flashFrame(): void {}
  setOverlayIcon(): void {}
  setProgressBar(): void {}
  setBackgroundColor(): void {}
}
