/** Finds, starts and stops Chromium. Each host has one Chromium process, which ends with it. */
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
  'disable-extensions',
])
/** For the extension that sets a proxy (proxy.ts). Its worker does not start without the isolation of sites. */
const WITH_EXTENSION = ['--enable-unsafe-extension-debugging']
/** Frames of other sites stay in their page's target. */
const WITHOUT_EXTENSION = ['--disable-extensions', '--disable-site-isolation-trials']
const STARTUP_TIMEOUT_MS = 30_000
const EXIT_TIMEOUT_MS = 3_000

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
  const directories = (process.env['PATH'] ?? '').split(delimiter)
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const directory of directories) {
      const file = join(directory, name)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // try the next one
      }
    }
  }
  throw new Error('electron-host: no Chromium found; install chromium or set ELECTRON_HOST_CHROMIUM to one')
}

/**
 * Starts Chromium with a profile in the app's user data. Resolves to its "DevTools listening on …" line.
 * `hostRules`: host names mapped to addresses, as for --host-resolver-rules. `onExit`: called when Chromium exits by itself.
 */
export async function startBrowser(userData: string, hostRules: string, onExit: () => void): Promise<string> {
  folder = join(userData, '.host-chromium')
  mkdirSync(folder, { recursive: true })
  await killStaleChromium()
  const features = ['Translate', 'MediaRouter', ...(host.switches.get('disable-features') ?? '').split(',')]
  const forwarded = [...host.switches].filter(([name]) => !OWN_SWITCHES.has(name))
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
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-breakpad',
      '--disable-default-apps',
      '--disable-popup-blocking',
      '--use-fake-device-for-media-stream', // a microphone that beeps
      '--use-fake-ui-for-media-stream', // page.ts asks the app's permission handler instead
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      ...(process.env['ELECTRON_HOST_PROXY'] ? WITH_EXTENSION : WITHOUT_EXTENSION),
      `--disable-features=${features.filter(Boolean).join(',')}`,
      ...forwarded.map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
      `--host-resolver-rules=${hostRules}`,
      `--user-data-dir=${folder}`,
      `--remote-debugging-port=${host.switches.get('remote-debugging-port') || 0}`, // Playwright connects here
      '--remote-debugging-pipe', // the host connects here; Chromium exits when the pipe breaks
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  )
  chromium = child
  const line = await devToolsLine(child)
  // stdio 3 and 4 are pipes because of the options above; Node's types do not know their direction
  connection = new Cdp(trusted<Writable>(child.stdio[3]), trusted<Readable>(child.stdio[4]))
  child.once('exit', () => {
    if (!host.exiting) onExit()
  })
  process.on('exit', () => child.kill('SIGKILL'))
  return line
}

function devToolsLine(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const timeout = setTimeout(
    () => reject(new Error('electron-host: Chromium did not start')),
    STARTUP_TIMEOUT_MS,
  )
  const lastLines: string[] = []
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) resolve(line)
      else if (process.env['ELECTRON_HOST_DEBUG']) console.error('[chromium]', line)
      else if (lastLines.push(line) > 20) lastLines.shift()
    })
  }
  child.once('error', reject)
  child.once('exit', (code) =>
    reject(new Error(`electron-host: Chromium exited (${code})\n${lastLines.join('\n')}`)),
  )
  return promise.finally(() => clearTimeout(timeout))
}

/**
 * Opens a window without tabs and address bar at the URL. The debugging protocol cannot open such windows, so a second start
 * of Chromium passes the URL to the running one.
 */
export function openAppWindow(url: string): void {
  const args = ['--no-sandbox', '--test-type', `--user-data-dir=${folder}`, `--app=${url}`]
  spawn(executable(), args, { stdio: 'ignore' }).once('error', warn)
}

export async function stopBrowser(): Promise<void> {
  const child = chromium
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const timeout = setTimeout(() => child.kill('SIGKILL'), EXIT_TIMEOUT_MS)
  connection?.send('Browser.close').catch(() => {})
  await exited
  clearTimeout(timeout)
}

/**
 * A killed host leaves Chromium's lock behind, and sometimes Chromium itself for a moment. This host already has the app's
 * single-instance lock, so a process that still has Chromium's lock is stale and is killed.
 */
async function killStaleChromium(): Promise<void> {
  const lock = join(folder, 'SingletonLock') // a symbolic link to `host-pid`
  let pid = 0
  try {
    pid = Number(/-(\d+)$/.exec(readlinkSync(lock))?.[1] ?? 0)
  } catch {
    return
  }
  const isRunning = (): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
    } catch {
      return false
    }
  }
  if (pid && isRunning()) {
    warn(`killing a stale Chromium (${pid})`)
    process.kill(pid, 'SIGKILL')
    while (isRunning()) await delay(20)
  }
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    rmSync(join(folder, name), { force: true })
  }
}
