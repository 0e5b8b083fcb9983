import type * as E from 'electron'
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopBrowser } from './browser.ts'
import { SingleInstance } from './single-instance.ts'
import { host, hostEvent, type Has } from './state.ts'

/** The part of a window that the app uses to quit. */
interface AppWindow {
  readonly closed: Promise<void>
  readonly closing: boolean
  close(): void
  focus(): void
}

export const windows = new Set<AppWindow>()

const ready = Promise.withResolvers<void>()
const exited = Promise.withResolvers<void>()

class App
  extends EventEmitter
  implements
    Has<
      E.App,
      | 'isReady'
      | 'quit'
      | 'exit'
      | 'relaunch'
      | 'getName'
      | 'setName'
      | 'getVersion'
      | 'getAppPath'
      | 'getPath'
      | 'setPath'
      | 'getLocale'
      | 'getPreferredSystemLanguages'
      | 'requestSingleInstanceLock'
      | 'hasSingleInstanceLock'
      | 'releaseSingleInstanceLock'
      | 'setAsDefaultProtocolClient'
      | 'isDefaultProtocolClient'
      | 'removeAsDefaultProtocolClient'
      | 'setLoginItemSettings'
      | 'setProxy'
      | 'setBadgeCount'
      | 'getBadgeCount'
      | 'setAppUserModelId'
      | 'setUserTasks'
      | 'getLoginItemSettings'
      | 'focus'
      | 'isPackaged'
      | 'name'
    >
{
  readonly isPackaged = false
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => void host.switches.set(name, value),
    appendArgument: () => {},
    hasSwitch: (name: string) => host.switches.has(name),
    getSwitchValue: (name: string) => host.switches.get(name) ?? '',
    removeSwitch: (name: string) => void host.switches.delete(name),
  }
  badgeCount = 0
  #name: string | undefined
  readonly #paths = new Map<string, string>()
  readonly #protocols = new Set<string>()
  readonly #instance = new SingleInstance()
  readonly #relaunches: { execPath: string; args: string[] }[] = []

  whenReady(): Promise<void> {
    return ready.promise
  }
  isReady(): boolean {
    return host.ready
  }

  get name(): string {
    return this.#name ?? host.manifest.productName ?? host.manifest.name ?? 'Electron'
  }
  set name(name: string) {
    this.#name = name
  }
  getName(): string {
    return this.name
  }
  setName(name: string): void {
    this.name = name
  }
  getVersion(): string {
    return host.manifest.version ?? ''
  }
  getAppPath(): string {
    return host.appPath
  }
  getLocale(): string {
    return 'en-US'
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }

  getPath(name: string): string {
    const set = this.#paths.get(name)
    if (set !== undefined) return set
    const home = homedir()
    switch (name) {
      case 'home':
        return home
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config')
      case 'userData':
        return join(this.getPath('appData'), this.name)
      case 'sessionData':
        return this.getPath('userData')
      case 'logs':
      case 'crashDumps':
        return join(this.getPath('userData'), name)
      case 'temp':
        return tmpdir()
      case 'exe':
        return host.executable
      case 'downloads':
        return join(home, 'Downloads')
      default:
        throw new Error(`Failed to get '${name}' path`)
    }
  }
  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true })
    this.#paths.set(name, path)
  }

  requestSingleInstanceLock(data: Record<string, unknown> = {}): boolean {
    return this.#instance.request(this.getPath('userData'), data, (message) => {
      void ready.promise.then(() =>
        this.emit('second-instance', hostEvent(), message.argv, message.cwd, message.data),
      )
    })
  }
  hasSingleInstanceLock(): boolean {
    return this.#instance.held
  }
  releaseSingleInstanceLock(): void {
    this.#instance.release()
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#protocols.add(scheme)
    return true
  }
  isDefaultProtocolClient(scheme: string): boolean {
    return this.#protocols.has(scheme)
  }
  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.#protocols.delete(scheme)
  }
  /** For requests without a session, which the host has none of. */
  async setProxy(): Promise<void> {}
  setLoginItemSettings(): void {}
  getLoginItemSettings(): E.LoginItemSettings {
    return {
      openAtLogin: false,
      wasOpenedAtLogin: false,
      status: 'not-registered',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    }
  }
  /** Windows only. `dock` is missing here, as on every system but macOS. */
  setUserTasks(): boolean {
    return true
  }
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count
    return true
  }
  getBadgeCount(): number {
    return this.badgeCount
  }
  setAppUserModelId(): void {}
  enableSandbox(): void {}
  focus(): void {
    const [first] = windows
    first?.focus()
  }

  quit(): void {
    if (host.quitting) return
    host.quitting = true
    if (this.#prevented('before-quit')) return
    const open = [...windows]
    for (const window of open) {
      window.close()
      if (windows.has(window) && !window.closing) {
        host.quitting = false // the window prevented its close event
        return
      }
    }
    void Promise.all(open.map((window) => window.closed)).then(() => {
      if (!this.#prevented('will-quit')) this.exit(0)
    })
  }

  #prevented(name: 'before-quit' | 'will-quit'): boolean {
    const event = hostEvent()
    if (host.ready) this.emit(name, event)
    if (event.defaultPrevented) host.quitting = false
    return event.defaultPrevented
  }

  /** Starts the program again when this process has ended its browser. */
  relaunch({ execPath = host.executable, args = process.argv.slice(1) }: E.RelaunchOptions = {}): void {
    this.#relaunches.push({ execPath, args })
  }

  exit(code = 0): void {
    if (host.exiting) return
    host.exiting = true
    this.emit('quit', hostEvent(), code)
    void stopBrowser().then(() => {
      this.releaseSingleInstanceLock() // last, so that the next instance can use the browser's folder
      for (const { execPath, args } of this.#relaunches)
        spawn(execPath, args, { detached: true, stdio: 'ignore' }).unref()
      exited.resolve()
      process.exit(code)
    })
  }
}

export const app = new App()

/** Call it when the browser runs. Emits `ready` and resolves when the app has exited. */
export function becomeReady(): Promise<void> {
  host.ready = true
  app.emit('ready', hostEvent(), {})
  ready.resolve()
  return exited.promise
}

/** Resolves when the app has exited. */
export const untilExit = (): Promise<void> => exited.promise
