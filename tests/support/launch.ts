/** Starts the app under Playwright, on the real Electron or the electron host, and controls everything outside its page. */
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContextMenuParams, Menu, Notification, Tray } from 'electron'
import { installedElectron } from '../../scripts/lib/electron.ts'
import { root } from '../../scripts/lib/paths.ts'

const hostFolder = join(import.meta.dirname, 'electron-host')
const probeFile = join(import.meta.dirname, 'probe.cjs')

/** What probe.cjs records in the main process. */
interface Probe {
  trays: { tray: Tray; menu: Menu | null; tooltip: string; image?: string }[]
  notifications: { notification: Notification; open: boolean }[]
  links: string[]
  paths: string[]
  errors: string[]
  /** Whether the window asks for attention. */
  isFlashing: boolean
  /** How often it has asked. */
  flashes: number
  progress: { value: number; mode: string }[]
  /** What the global shortcuts do. */
  shortcuts: Record<string, () => void>
  /** The newest one. */
  contextMenu: Menu | null
}
declare global {
  /** Exists only in the main process of an app under test. */
  var perchProbe: Probe
}

export interface LaunchOptions {
  /** The profile folder. Default: a new one, which close() removes. */
  userData?: string
  /** Path of a JSON file as defined in src/shared/backend.ts. Default: the PERCH_BACKEND of this process. */
  backend?: string
  /** Additional arguments, for example a perch:// link. */
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** The colour scheme that the page gets instead of the system's. Default: no override. */
  colorScheme?: 'light' | 'dark'
  /** The app's folder. Default: E2E_APP_DIR (for example an unpacked app.asar), else this repository. */
  appDir?: string
  /** False when the app shows no window at first (start hidden). Do not use `page` then. */
  window?: boolean
}

/** What Electron tells of a right-click, as far as the app looks at it. */
interface ClickCircumstances extends Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'misspelledWord' | 'dictionarySuggestions'
> {
  editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste'>
}

export interface TrayItem {
  id: string
  label: string
  type: string
  enabled: boolean
  checked: boolean
}

export interface ShownNotification {
  title: string
  body: string
  silent: boolean
  /** False after it was clicked or closed by the app. */
  open: boolean
}

/** Returns the real Electron if its binary is installed, else the host. Downloads nothing. */
export function electronBinary(): { path: string; real: boolean } {
  const installed = installedElectron()
  return installed === undefined
    ? { path: join(hostFolder, 'electron'), real: false }
    : { path: installed, real: true }
}

function environment({ backend, env = {} }: LaunchOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return {
    ...Object.fromEntries(inherited),
    ELECTRON_HOST_NODE: process.env['ELECTRON_HOST_NODE'] ?? process.execPath,
    ...(backend !== undefined && { PERCH_BACKEND: backend }),
    ...env,
  }
}

const appFolder = (options: LaunchOptions): string => options.appDir ?? process.env['E2E_APP_DIR'] ?? root

/** Resolves when the first window has loaded its first page, or with `window: false` when the app is ready. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const { real } = electronBinary()
  if (!real) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = hostFolder // the electron package finds its binary here
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'perch-e2e-'))
  const app = await _electron.launch({
    // No executablePath: with one, Playwright does not delay 'ready' until it is connected.
    args: ['-r', probeFile, appFolder(options), `--user-data-dir=${userData}`, ...(options.args ?? [])],
    env: environment(options),
    colorScheme: options.colorScheme ?? null,
    cwd: root,
  })
  if (process.env['E2E_LOG']) {
    app.process().stdout?.pipe(process.stderr)
    app.process().stderr?.pipe(process.stderr)
  }
  const launched = new LaunchedApp(app, { ...options, userData }, options.userData === undefined)
  if (options.window !== false) await launched.firstPage()
  return launched
}

export class LaunchedApp {
  readonly app: ElectronApplication
  readonly userData: string
  readonly #options: LaunchOptions
  readonly #ownsUserData: boolean
  readonly #process: ChildProcess // stored here, because Playwright drops it when the app has ended
  readonly #ended: Promise<unknown>
  #page: Page | undefined

  constructor(
    app: ElectronApplication,
    options: LaunchOptions & { userData: string },
    ownsUserData: boolean,
  ) {
    this.app = app
    this.userData = options.userData
    this.#options = options
    this.#ownsUserData = ownsUserData
    this.#process = app.process()
    this.#ended = once(this.#process, 'exit')
  }

  /** The page of the first window. */
  get page(): Page {
    if (!this.#page) throw new Error('the app was launched without a window; wait for firstPage()')
    return this.#page
  }

  async firstPage(): Promise<Page> {
    if (this.#page) return this.#page
    const page = await this.app.firstWindow()
    await page.waitForURL((url) => !['about:', 'data:'].includes(url.protocol)) // a window exists before its first navigation
    this.#page = page
    return page
  }

  /** Controls the main window through the main process, like a person's clicks on its frame. */
  readonly window = {
    show: () => this.#onWindow('show'),
    hide: () => this.#onWindow('hide'),
    focus: () => this.#onWindow('focus'),
    blur: () => this.#onWindow('blur'),
    minimize: () => this.#onWindow('minimize'),
    /** Like its close button: the app may hide the window instead. */
    close: () => this.#onWindow('close'),
    isVisible: () => this.#ofWindow('isVisible'),
    isFocused: () => this.#ofWindow('isFocused'),
    isMinimized: () => this.#ofWindow('isMinimized'),
    /** True when it asks for attention on the taskbar. */
    isFlashing: () => this.app.evaluate(() => globalThis.perchProbe.isFlashing),
    /** How often it has asked for attention. */
    flashes: () => this.app.evaluate(() => globalThis.perchProbe.flashes),
    /** The bars on the taskbar or dock so far, oldest first; -1: none. */
    progress: () => this.app.evaluate(() => globalThis.perchProbe.progress),
  }

  async #onWindow(method: 'show' | 'hide' | 'focus' | 'blur' | 'minimize' | 'close'): Promise<void> {
    await this.app.evaluate(({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name](), method)
  }
  #ofWindow(method: 'isVisible' | 'isFocused' | 'isMinimized'): Promise<boolean> {
    return this.app.evaluate(
      ({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name]() ?? false,
      method,
    )
  }

  /** The tray's tooltip, newest image (a data URL, '' before the first change) and menu. Null when there is no tray. */
  tray(): Promise<{ tooltip: string; image: string; menu: TrayItem[] } | null> {
    return this.app.evaluate(() => {
      const tray = globalThis.perchProbe.trays[0]
      if (!tray) return null
      const menu = (tray.menu?.items ?? []).map(({ id, label, type, enabled, checked }) => {
        return { id, label, type, enabled, checked }
      })
      return { tooltip: tray.tooltip, image: tray.image ?? '', menu }
    })
  }

  async clickTray(): Promise<void> {
    await this.app.evaluate(() => void globalThis.perchProbe.trays[0]?.tray.emit('click'))
  }

  /** Clicks the item with that label in the tray menu or a submenu. Returns before the click runs, because a click may quit the app. */
  async clickTrayItem(label: string): Promise<void> {
    const found = await this.app.evaluate((_modules, wanted) => {
      const find = (menu: Menu | null | undefined): Electron.MenuItem | undefined => {
        for (const item of menu?.items ?? []) {
          const match = item.label === wanted ? item : find(item.submenu)
          if (match) return match
        }
        return undefined
      }
      const item = find(globalThis.perchProbe.trays[0]?.menu)
      if (item) setImmediate(() => void Reflect.apply(item.click, item, []))
      return item !== undefined
    }, label)
    if (!found) throw new Error(`the tray menu has no item "${label}"`)
  }

  /** The keys that the system gives to the app whichever program has the focus. */
  globalShortcuts(): Promise<string[]> {
    return this.app.evaluate(() => Object.keys(globalThis.perchProbe.shortcuts))
  }
  /** Presses such keys. */
  async pressGlobally(accelerator: string): Promise<void> {
    await this.app.evaluate((_modules, keys) => globalThis.perchProbe.shortcuts[keys]?.(), accelerator)
  }

  /** Opens the context menu as a right-click with these circumstances does. Returns the labels of its items. */
  contextMenu(params: ClickCircumstances): Promise<string[]> {
    return this.app.evaluate(({ BrowserWindow }, given) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents !== undefined) Reflect.apply(contents.emit, contents, ['context-menu', {}, given])
      return (globalThis.perchProbe.contextMenu?.items ?? []).map(({ label }) => label)
    }, params)
  }
  /** Clicks an item of the newest context menu (by its label), or of the application menu (by its id). */
  async clickMenuItem(name: string): Promise<void> {
    await this.app.evaluate(({ Menu }, wanted) => {
      const item =
        Menu.getApplicationMenu()?.getMenuItemById(wanted) ??
        globalThis.perchProbe.contextMenu?.items.find(({ label }) => label === wanted)
      if (!item) throw new Error(`there is no item "${wanted}"`)
      Reflect.apply(item.click, item, [])
    }, name)
  }

  /** All notifications since the start, oldest first. */
  notifications(): Promise<ShownNotification[]> {
    return this.app.evaluate(() =>
      globalThis.perchProbe.notifications.map(({ notification: { title, body, silent }, open }) => {
        return { title, body, silent, open }
      }),
    )
  }

  /** Clicks the newest notification. Like the system, this removes it. */
  async clickNotification(): Promise<void> {
    await this.app.evaluate(() => {
      const shown = globalThis.perchProbe.notifications.at(-1)
      if (shown === undefined) return
      shown.open = false
      shown.notification.emit('click')
    })
  }

  /** Answers in the newest notification, or presses its button. Like the system, this removes it. */
  async actOnNotification(
    event: 'reply' | 'action',
    details: { reply?: string; actionIndex?: number },
  ): Promise<void> {
    await this.app.evaluate(
      (_modules, { name, given }) => {
        const shown = globalThis.perchProbe.notifications.at(-1)
        if (shown === undefined) return
        shown.open = false
        Reflect.apply(shown.notification.emit, shown.notification, [name, given])
      },
      { name: event, given: details },
    )
  }

  /** Links that the app passed to the system's browser, oldest first. */
  openedLinks(): Promise<string[]> {
    return this.app.evaluate(() => globalThis.perchProbe.links)
  }

  /** Files and folders that the app passed to the system's file manager, oldest first. */
  openedPaths(): Promise<string[]> {
    return this.app.evaluate(() => globalThis.perchProbe.paths)
  }

  badge(): Promise<number> {
    return this.app.evaluate(({ app }) => app.getBadgeCount())
  }

  /** Error boxes, unhandled rejections and crashed renderers so far. Most specs expect none. */
  problems(): Promise<string[]> {
    return this.app.evaluate(() => globalThis.perchProbe.errors)
  }

  /** Emits an event of powerMonitor, as the operating system does. */
  async power(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen'): Promise<void> {
    await this.app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event)
  }

  /** Sets the number of seconds since the person's last input, for all later queries. */
  async idleFor(seconds: number): Promise<void> {
    await this.app.evaluate(({ powerMonitor }, value) => {
      powerMonitor.getSystemIdleTime = () => value
      powerMonitor.getSystemIdleState = (threshold) => (value >= threshold ? 'idle' : 'active')
    }, seconds)
  }

  /** Starts the app again on the same profile, with these arguments. Resolves to its exit code. */
  secondInstance(...args: string[]): Promise<number | null> {
    return secondInstance({ ...this.#options, args })
  }

  /** Quits the app as the person does, if it still runs, and waits for its end. Removes a profile that launchApp created. */
  async close(): Promise<void> {
    if (this.#running()) await this.app.close()
    await this.#ended
    this.#clean()
  }

  /** Sends SIGKILL to the app and all its processes, like a power cut. The profile stays. */
  async kill(): Promise<void> {
    const { pid } = this.#process
    if (pid !== undefined && this.#running()) process.kill(-pid, 'SIGKILL') // Playwright starts it as a group leader
    await this.#ended
  }

  /** Resolves when the app has ended, for any reason. */
  async ended(): Promise<void> {
    await this.#ended
  }

  #running(): boolean {
    const { exitCode, signalCode } = this.#process
    return exitCode === null && signalCode === null
  }

  #clean(): void {
    if (this.#ownsUserData) rmSync(this.userData, { recursive: true, force: true })
  }
}

/** Starts the app without Playwright on a profile on which it already runs. Resolves to its exit code. */
export function secondInstance(options: LaunchOptions & { userData?: string }): Promise<number | null> {
  const args = [
    '--no-sandbox',
    appFolder(options),
    `--user-data-dir=${options.userData}`,
    ...(options.args ?? []),
  ]
  const child = spawn(electronBinary().path, args, { stdio: 'inherit', env: environment(options) })
  return new Promise((done) => child.once('exit', done))
}
