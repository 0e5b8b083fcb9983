/** Electron's features outside of pages (tray, dialogs, …) as plain state. Specs set and read it through the public API. */
import type * as E from 'electron'
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { host, hostEvent, warn, type Has } from './state.ts'

export class Tray
  extends EventEmitter
  implements
    Has<E.Tray, 'setContextMenu' | 'setToolTip' | 'setImage' | 'setTitle' | 'destroy' | 'isDestroyed'>
{
  #destroyed = false
  setContextMenu(): void {}
  setToolTip(): void {}
  setImage(): void {}
  setTitle(): void {}
  destroy(): void {
    this.#destroyed = true
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
}

export class Notification extends EventEmitter implements Has<E.Notification, 'title' | 'body' | 'silent'> {
  title = ''
  body = ''
  silent = false

  constructor(options: E.NotificationConstructorOptions = {}) {
    super()
    Object.assign(this, options)
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    // With a window on the screen, a person expects to see the notification. The host can only print it.
    if (host.headed) console.error(`Notification: ${this.title}: ${this.body}`)
    this.emit('show', hostEvent())
  }

  close(): void {
    this.emit('close', hostEvent({ reason: 'applicationHidden' }))
  }
}

const noResponse = (what: string) => async (): Promise<never> => {
  throw new Error(`electron-host: ${what} has no response; replace it in the spec`)
}

export const dialog = {
  showOpenDialog: noResponse('showOpenDialog'),
  showSaveDialog: noResponse('showSaveDialog'),
  showMessageBox: noResponse('showMessageBox'),
  showMessageBoxSync(): never {
    throw new Error('electron-host: showMessageBoxSync has no response; replace it in the spec')
  },
  showErrorBox: (title: string, content: string) => warn(`${title}: ${content}`),
}

export const shell: Has<E.Shell, 'openExternal' | 'openPath' | 'beep'> = {
  openExternal: async () => {},
  openPath: async () => '',
  beep: () => {},
}

let clipboardText = ''
export class ClipboardItem implements E.ClipboardItem {
  readonly #items: ConstructorParameters<typeof E.ClipboardItem>[0]
  constructor(items: ConstructorParameters<typeof E.ClipboardItem>[0]) {
    this.#items = items
  }
  get types(): string[] {
    return Object.keys(this.#items)
  }
  async getType(): Promise<never> {
    throw new Error('electron-host: ClipboardItem.getType has no response; replace it in the spec')
  }
}

let clipboardItems: E.ClipboardItem[] = []
export const clipboard: Has<E.Clipboard, 'read' | 'readText' | 'write' | 'writeText' | 'clear'> = {
  readText: async () => clipboardText,
  writeText: async (text) => {
    clipboardText = text
  },
  read: async () => clipboardItems,
  write: async (items) => {
    clipboardItems = items
  },
  clear: () => {
    clipboardText = ''
    clipboardItems = []
  },
}

function isPng(bytes: Buffer): boolean {
  return bytes.length > 24 && bytes.toString('latin1', 1, 4) === 'PNG'
}

/** PNG bytes with the methods of Electron's NativeImage. The size is read from the file and never changes. */
class NativeImage {
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0
  }
  getSize(): E.Size {
    return isPng(this.#bytes)
      ? { width: this.#bytes.readUInt32BE(16), height: this.#bytes.readUInt32BE(20) }
      : { width: 0, height: 0 }
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`
  }
  toPNG(): Buffer {
    return this.#bytes
  }
  resize(): NativeImage {
    return this
  }
}

export const nativeImage = {
  createFromBuffer: (bytes: Buffer) => new NativeImage(isPng(bytes) ? bytes : Buffer.alloc(0)),
  createEmpty: () => new NativeImage(Buffer.alloc(0)),
  createFromPath: (file: string) => new NativeImage(existsSync(file) ? readFileSync(file) : Buffer.alloc(0)),
}

/** Squirrel, which is only on macOS. */
export const autoUpdater = new EventEmitter()

export const powerMonitor = Object.assign(new EventEmitter(), {
  getSystemIdleTime: () => 0,
  getSystemIdleState: () => 'active',
})

/** Emits 'updated' on a change. Pages then apply the theme (see web-contents.ts). */
class NativeTheme extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system'

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    if (source === this.#source) return
    this.#source = source
    this.emit('updated', hostEvent())
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
  readonly shouldUseHighContrastColors = false
  readonly prefersReducedTransparency = false
}
export const nativeTheme = new NativeTheme()

/** Keys are never pressed: a spec calls what the app has registered (see `probe.cjs`). */
const shortcuts = new Map<string, () => void>()
let areShortcutsSuspended = false
export const globalShortcut: E.GlobalShortcut = {
  register(accelerator, callback) {
    if (areShortcutsSuspended || shortcuts.has(accelerator)) return false
    shortcuts.set(accelerator, callback)
    return true
  },
  registerAll(accelerators, callback) {
    for (const accelerator of accelerators) globalShortcut.register(accelerator, callback)
  },
  isRegistered: (accelerator) => shortcuts.has(accelerator),
  unregister: (accelerator) => void shortcuts.delete(accelerator),
  unregisterAll: () => shortcuts.clear(),
  setSuspended(suspended) {
    areShortcutsSuspended = suspended
  },
  isSuspended: () => areShortcutsSuspended,
}

export const systemPreferences: Has<
  E.SystemPreferences,
  'getMediaAccessStatus' | 'askForMediaAccess' | 'canPromptTouchID' | 'promptTouchID'
> = {
  getMediaAccessStatus: () => 'granted',
  askForMediaAccess: async () => true,
  canPromptTouchID: () => false,
  promptTouchID: noResponse('promptTouchID'),
}

const display = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  workAreaSize: { width: 1920, height: 1040 },
  size: { width: 1920, height: 1080 },
  scaleFactor: 1,
}
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
})
