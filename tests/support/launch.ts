/** Starts the app under Playwright, on the real Electron or on the electron host, and drives what surrounds its page. */
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Menu, Notification, Tray } from 'electron'
import { installedElectron } from '../../scripts/lib/electron.ts'
import { root } from '../../scripts/lib/paths.ts'

const hostFolder = join(import.meta.dirname, 'electron-host')
const probeFile = join(import.meta.dirname, 'probe.cjs')

/** What probe.cjs keeps in the main process. */
interface Probe {
  trays: { tray: Tray; menu: Menu | null; tooltip: string; image?: string }[]
  notifications: { notification: Notification; open: boolean }[]
  links: string[]
  paths: string[]
  errors: string[]
  /** The window asks for attention. */
  isFlashing: boolean
}
declare global {
  /** In the main process of an app under test only. */
  var perchProbe: Probe
}

export interface LaunchOptions {
  /** The profile's folder; a new one, removed by close(), unless given. */
  userData?: string
  /** Path of a JSON file by src/shared/backend.ts; by default the PERCH_BACKEND of this process. */
  backend?: string
  /** More arguments, for example a perch:// link. */
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** What the page takes for the system's choice; 'no-override' by default. */
  colorScheme?: 'light' | 'dark'
  /** The app's folder, by default E2E_APP_DIR (an unpacked app.asar, say), else this repository. */
  appDir?: string
  /** False: the app is expected to show no window yet (start hidden); `page` must not be used then. */
  window?: boolean
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
  /** False once it was clicked or the app has closed it. */
  open: boolean
}

/** The real Electron when its binary is there, else the host. Downloads nothing. */
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

/** Resolves when the first window has left its empty page (with `window: false`: when the app is ready). */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const { real } = electronBinary()
  if (!real) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = hostFolder // where the electron package then finds its binary
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'perch-e2e-'))
  const app = await _electron.launch({
    // No executablePath: only so does Playwright hold 'ready' back until it is connected.
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
  readonly #process: ChildProcess // kept: Playwright forgets it when the app has ended
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

  /** The main window, driven by the main process as the person's clicks on its frame would. */
  readonly window = {
    show: () => this.#onWindow('show'),
    hide: () => this.#onWindow('hide'),
    focus: () => this.#onWindow('focus'),
    blur: () => this.#onWindow('blur'),
    minimize: () => this.#onWindow('minimize'),
    /** As by its close button: the app may hide it instead. */
    close: () => this.#onWindow('close'),
    isVisible: () => this.#ofWindow('isVisible'),
    isFocused: () => this.#ofWindow('isFocused'),
    isMinimized: () => this.#ofWindow('isMinimized'),
    /** It asks for attention on the taskbar. */
    isFlashing: () => this.app.evaluate(() => globalThis.perchProbe.isFlashing),
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

  /** The tray icon: tooltip, the picture set last (a data URL, '' before the first change) and the menu, or null. */
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

  /** Clicks the tray menu's item of that label, also in a submenu. Returns before the click acts: it may quit the app. */
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

  /** All shown since the start, oldest first. */
  notifications(): Promise<ShownNotification[]> {
    return this.app.evaluate(() =>
      globalThis.perchProbe.notifications.map(({ notification: { title, body, silent }, open }) => {
        return { title, body, silent, open }
      }),
    )
  }

  /** Clicks the notification shown last, with which the system takes it away. */
  async clickNotification(): Promise<void> {
    await this.app.evaluate(() => {
      const shown = globalThis.perchProbe.notifications.at(-1)
      if (shown === undefined) return
      shown.open = false
      shown.notification.emit('click')
    })
  }

  /** Links given to the system's browser, oldest first. */
  openedLinks(): Promise<string[]> {
    return this.app.evaluate(() => globalThis.perchProbe.links)
  }

  /** Files and folders given to the system's file manager, oldest first. */
  openedPaths(): Promise<string[]> {
    return this.app.evaluate(() => globalThis.perchProbe.paths)
  }

  badge(): Promise<number> {
    return this.app.evaluate(({ app }) => app.getBadgeCount())
  }

  /** Error boxes, unhandled rejections and lost renderers so far: none, in most specs. */
  problems(): Promise<string[]> {
    return this.app.evaluate(() => globalThis.perchProbe.errors)
  }

  /** What the operating system says of the person: an event of powerMonitor. */
  async power(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen'): Promise<void> {
    await this.app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event)
  }

  /** Seconds since the person's last input, from now on. */
  async idleFor(seconds: number): Promise<void> {
    await this.app.evaluate(({ powerMonitor }, value) => {
      powerMonitor.getSystemIdleTime = () => value
      powerMonitor.getSystemIdleState = (threshold) => (value >= threshold ? 'idle' : 'active')
    }, seconds)
  }

  /** Starts the app once more on the same profile, with these arguments; resolves to its exit code. */
  secondInstance(...args: string[]): Promise<number | null> {
    return secondInstance({ ...this.#options, args })
  }

  /** Quits as the person would, and waits for the end. Does nothing when the app has ended already. */
  async close(): Promise<void> {
    if (this.#running()) await this.app.close()
    await this.#ended
    this.#clean()
  }

  /** SIGKILL to the app and all its processes, as a power cut would end them. The profile stays. */
  async kill(): Promise<void> {
    const { pid } = this.#process
    if (pid !== undefined && this.#running()) process.kill(-pid, 'SIGKILL') // Playwright makes it a group's leader
    await this.#ended
  }

  /** Resolves when the app has ended, by whatever cause. */
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

/** Starts the app without Playwright on a profile where it runs already; resolves to its exit code. */
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
