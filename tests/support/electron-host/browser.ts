/** The Chromium behind the host: one process a host, found, started, and ended with it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, mkdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Cdp } from './cdp.ts'
import { host, trusted, warn } from './state.ts'

const OWN_SWITCHES = new Set([
  'user-data-dir',
  'remote-debugging-port',
  'inspect',
  'no-sandbox',
  'disable-features',
])
const STARTUP_LIMIT_MS = 30_000
const GRACE_MS = 3_000

let chromium: ChildProcess | undefined
let folder = ''
let connection: Cdp | undefined

/** Throws before the browser runs, as Electron does before app is ready. */
export function browser(): Cdp {
  if (!connection) throw new Error('Cannot create BrowserWindow before app is ready')
  return connection
}

export const browserPid = (): number => chromium?.pid ?? 0

function executable(): string {
  const named = process.env['ELECTRON_HOST_CHROMIUM']
  if (named) return named
  const places = (process.env['PATH'] ?? '').split(delimiter)
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const place of places) {
      const file = join(place, name)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // next
      }
    }
  }
  throw new Error('electron-host: no Chromium found; install chromium or set ELECTRON_HOST_CHROMIUM to one')
}

/**
 * Starts Chromium on a folder of the app's own and resolves to its "DevTools listening on …" line.
 * `resolve`: host name patterns → address, in the form of --host-resolver-rules. `onExit`: it ended by itself.
 */
export async function startBrowser(userData: string, resolve: string, onExit: () => void): Promise<string> {
  folder = join(userData, '.host-chromium')
  mkdirSync(folder, { recursive: true })
  await clearStale()
  const features = ['Translate', 'MediaRouter', ...(host.switches.get('disable-features') ?? '').split(',')]
  const passedOn = [...host.switches].filter(([name]) => !OWN_SWITCHES.has(name))
  const child = spawn(
    executable(),
    [
      ...(host.headed ? ['--test-type'] : ['--headless=new', '--disable-gpu']), // test-type: no warning bar
      '--no-sandbox',
      '--no-first-run',
      '--no-default-browser-check',
      '--no-startup-window',
      '--hide-crash-restore-bubble',
      '--password-store=basic',
      '--disable-dev-shm-usage',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-breakpad',
      '--disable-default-apps',
      '--disable-popup-blocking',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--disable-site-isolation-trials', // frames of other sites stay in their page's target
      `--disable-features=${features.filter(Boolean).join(',')}`,
      ...passedOn.map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
      `--host-resolver-rules=${resolve}`,
      `--user-data-dir=${folder}`,
      `--remote-debugging-port=${host.switches.get('remote-debugging-port') || 0}`, // Playwright's way in
      '--remote-debugging-pipe', // ours: Chromium ends when it breaks, however the host ends
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  )
  chromium = child
  const line = await devToolsLine(child)
  // stdio 3 and 4 are pipes by the call above; node types them as either direction
  connection = new Cdp(trusted<Writable>(child.stdio[3]), trusted<Readable>(child.stdio[4]))
  child.once('exit', () => {
    if (!host.exiting) onExit()
  })
  process.on('exit', () => child.kill('SIGKILL'))
  return line
}

function devToolsLine(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const limit = setTimeout(
    () => reject(new Error('electron-host: Chromium does not start')),
    STARTUP_LIMIT_MS,
  )
  const last: string[] = []
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) resolve(line)
      else if (process.env['ELECTRON_HOST_DEBUG']) console.error('[chromium]', line)
      else if (last.push(line) > 20) last.shift()
    })
  }
  child.once('error', reject)
  child.once('exit', (code) =>
    reject(new Error(`electron-host: Chromium ended (${code})\n${last.join('\n')}`)),
  )
  return promise.finally(() => clearTimeout(limit))
}

/**
 * Opens a window without tabs and address bar at the URL. The running Chromium is told by a second start of it: its
 * debugging protocol has no word for such windows.
 */
export function openAppWindow(url: string): void {
  const args = ['--no-sandbox', '--test-type', `--user-data-dir=${folder}`, `--app=${url}`]
  spawn(executable(), args, { stdio: 'ignore' }).once('error', warn)
}

export async function stopBrowser(): Promise<void> {
  const child = chromium
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const limit = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  connection?.send('Browser.close').catch(() => {})
  await gone
  clearTimeout(limit)
}

/**
 * A killed host leaves Chromium's lock behind, and for a moment perhaps Chromium itself. The app's single-instance lock
 * is ours by now, so whoever holds Chromium's is a left-over: end it.
 */
async function clearStale(): Promise<void> {
  const lock = join(folder, 'SingletonLock') // a symbolic link to `host-pid`
  let pid = 0
  try {
    pid = Number(/-(\d+)$/.exec(readlinkSync(lock))?.[1] ?? 0)
  } catch {
    return
  }
  const ours = (): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
    } catch {
      return false
    }
  }
  if (pid && ours()) {
    warn(`ending a left-over Chromium (${pid})`)
    process.kill(pid, 'SIGKILL')
    while (ours()) await delay(20)
  }
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    rmSync(join(folder, name), { force: true })
  }
}
