import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { installationOf, keepInstalled, replaceAppImage, type Installation } from './installation.ts'
import { openLedger } from './ledger-file.ts'
import { emptyLedger, keeps, ranWell } from './ledger.ts'
import { beginStartup, type Startup } from './startup.ts'

let root: string
let directory: string
let installation: Extract<Installation, { kind: 'appImage' }>
let done: string[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perch-startup-'))
  directory = join(root, 'updates')
  installation = { kind: 'appImage', file: join(root, 'Perch.AppImage') }
  writeFileSync(installation.file, 'old')
  done = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(root, { recursive: true })
})

const ledger = () => openLedger(directory)
const installed = (): string => readFileSync(installation.file, 'utf8')

/** A process of the app: everything is read from the disk again. */
function start(version: string, how: Installation = installation, file = ledger()): Startup | null {
  return beginStartup({
    ledger: file,
    installation: how,
    directory,
    version,
    restart: () => void done.push('restart'),
    exit: () => void done.push('exit'),
    warn: (event) => void done.push(event),
  })
}

/** The older version runs well; then the newer one takes its place. */
async function update(): Promise<void> {
  const file = ledger()
  file.set(ranWell(file.get(), '0.1.0'))
  expect(await keepInstalled(installation, directory)).toBe(true)
  file.set(keeps(file.get(), '0.1.0', '0.2.0'))
  writeFileSync(join(root, 'download'), 'new')
  replaceAppImage(installation.file, join(root, 'download'))
}

describe('a version that does not start', () => {
  it('is tried twice; then the older file is back, can be run, and starts', async () => {
    await update()
    expect(installed()).toBe('new')
    expect(start('0.2.0')?.failed()).toBe(true)
    expect(start('0.2.0')?.failed()).toBe(true)
    expect(start('0.2.0')).toBeNull()
    expect(installed()).toBe('old')
    expect(statSync(installation.file).mode & 0o111).not.toBe(0)
    expect(done).toEqual(['restart', 'restart', 'restart'])
    expect(ledger().get()).toMatchObject({ good: '0.1.0', bad: ['0.2.0'], kept: null })
    expect(start('0.1.0')?.failed()).toBe(false)
  })

  it('stays when the kept file is gone: it is started again and again', async () => {
    await update()
    start('0.2.0')
    start('0.2.0')
    rmSync(join(directory, 'previous'))
    expect(start('0.2.0')).not.toBeNull()
    expect(done).toEqual(['the older version could not be brought back'])
    expect(installed()).toBe('new')
  })

  it('a page that crashes soon does not count as running well', async () => {
    await update()
    const startup = start('0.2.0')
    startup?.pageReady()
    vi.advanceTimersByTime(20_000)
    startup?.pageGone()
    vi.advanceTimersByTime(60_000)
    startup?.quit()
    expect(ledger().get().good).toBe('0.1.0')
  })
})

describe('a version runs well', () => {
  it('when its page stays for half a minute; then nothing is kept any more', async () => {
    await update()
    start('0.2.0')?.pageReady()
    expect(existsSync(join(directory, 'previous'))).toBe(true)
    vi.advanceTimersByTime(30_000)
    expect(ledger().get()).toMatchObject({ good: '0.2.0', kept: null, trying: null })
    expect(existsSync(join(directory, 'previous'))).toBe(false)
  })

  it('when the person quits it while its page is there', async () => {
    await update()
    const startup = start('0.2.0')
    startup?.pageReady()
    startup?.quit()
    expect(ledger().get().good).toBe('0.2.0')
  })

  it('and what is kept for the next version stays', async () => {
    const startup = start('0.1.0')
    await keepInstalled(installation, directory)
    const file = startup?.ledger
    file?.set(keeps(file.get(), '0.1.0', '0.2.0'))
    startup?.pageReady()
    vi.advanceTimersByTime(30_000)
    expect(ledger().get()).toMatchObject({ good: '0.1.0', kept: { version: '0.1.0', next: '0.2.0' } })
    expect(existsSync(join(directory, 'previous'))).toBe(true)
  })
})

it('a disk that cannot be written keeps no version from starting', () => {
  const full = { get: () => keeps(emptyLedger, '0.1.0', '0.2.0'), set: () => false }
  expect(start('0.2.0', installation, full)).not.toBeNull()
  expect(done).toEqual(['the ledger of versions cannot be written'])
})

it('a replacement that fails leaves the installed file', () => {
  expect(() => replaceAppImage(installation.file, join(root, 'nothing'))).toThrow('ENOENT')
  expect(installed()).toBe('old')
  expect(existsSync(`${installation.file}.new`)).toBe(false)
})

describe('how the app is installed', () => {
  const of = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
    installationOf({ platform, env, exe: '/Applications/Perch.app/Contents/MacOS/Perch' })

  it('is known by system', () => {
    expect(of('linux', { APPIMAGE: '/home/ada/Perch.AppImage' })).toEqual({
      kind: 'appImage',
      file: '/home/ada/Perch.AppImage',
    })
    expect(of('linux')).toEqual({ kind: 'other' })
    expect(of('linux', { APPIMAGE: 'Perch.AppImage' })).toEqual({ kind: 'other' })
    expect(of('darwin')).toEqual({ kind: 'bundle', folder: '/Applications/Perch.app' })
    expect(of('win32', { LOCALAPPDATA: '/local' })).toEqual({
      kind: 'nsis',
      installer: join('/local', 'perch-updater', 'installer.exe'),
    })
  })

  it('on Windows, the installer that has left a copy of itself is kept', async () => {
    const nsis: Installation = { kind: 'nsis', installer: join(root, 'perch-updater', 'installer.exe') }
    await expect(keepInstalled(nsis, directory)).resolves.toBe(false)
    mkdirSync(join(root, 'perch-updater'))
    writeFileSync(nsis.installer, 'installer')
    await expect(keepInstalled(nsis, directory)).resolves.toBe(true)
    expect(readFileSync(join(directory, 'previous.exe'), 'utf8')).toBe('installer')
  })

  it('on Windows, going back runs the kept installer, which starts the app', async () => {
    const nsis: Installation = { kind: 'nsis', installer: join(root, 'installer.exe') }
    const ran = join(root, 'ran')
    writeFileSync(nsis.installer, `#!/bin/sh\necho "$@" > '${ran}'\n`, { mode: 0o755 })
    await keepInstalled(nsis, directory)
    const file = ledger()
    file.set(keeps(ranWell(file.get(), '0.1.0'), '0.1.0', '0.2.0'))
    start('0.2.0', nsis)
    start('0.2.0', nsis)
    expect(start('0.2.0', nsis)).toBeNull()
    expect(done).toEqual(['exit'])
    vi.useRealTimers()
    await vi.waitFor(() => expect(readFileSync(ran, 'utf8').trim()).toBe('--updated /S --force-run'), 10_000)
  })

  it('on macOS, the whole bundle is kept, with its links, and put back', async () => {
    const bundle: Installation = { kind: 'bundle', folder: join(root, 'Perch.app') }
    const asar = join(bundle.folder, 'Contents/app.asar')
    mkdirSync(join(bundle.folder, 'Contents'), { recursive: true })
    writeFileSync(asar, 'old')
    symlinkSync('Contents', join(bundle.folder, 'Current'))
    await keepInstalled(bundle, directory)
    await keepInstalled(bundle, directory)
    writeFileSync(asar, 'new')
    writeFileSync(join(bundle.folder, 'added'), '')
    const file = ledger()
    file.set(keeps(ranWell(file.get(), '0.1.0'), '0.1.0', '0.2.0'))
    start('0.2.0', bundle)
    start('0.2.0', bundle)
    expect(start('0.2.0', bundle)).toBeNull()
    expect(done).toEqual(['restart'])
    expect(readFileSync(asar, 'utf8')).toBe('old')
    expect(readlinkSync(join(bundle.folder, 'Current'))).toBe('Contents')
    expect(readdirSync(bundle.folder).toSorted()).toEqual(['Contents', 'Current'])
    expect(readdirSync(root).filter((name) => name.startsWith('Perch.app'))).toEqual(['Perch.app'])
  })
})

it('the first start of an app writes nothing, and a file that is no ledger stops nothing', () => {
  start('0.1.0')
  expect(existsSync(directory)).toBe(false)
  writeFileSync(directory, 'a file where the folder should be')
  start('0.1.0')?.pageReady()
  vi.advanceTimersByTime(30_000)
  expect(done).toEqual([])
})
