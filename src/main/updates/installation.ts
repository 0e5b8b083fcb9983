import { execFile, execFileSync, spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/* The installed app as files, by system. Imports only Node's own modules: see ledger.ts. */

/** How the app was installed, as far as it can replace itself. */
export type Installation =
  | { kind: 'appImage'; file: string }
  /** `installer`: where each installer leaves a copy of itself. */
  | { kind: 'nsis'; installer: string }
  /** The folder Perch.app. */
  | { kind: 'bundle'; folder: string }
  /** From a package of the system (deb, rpm), or not installed. */
  | { kind: 'other' }

export interface InstallationFacts {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  /** The executable of the app. */
  exe: string
}

/** The folder in which electron-updater and the installer for Windows keep their files: the name of the package and this suffix. */
const CACHE = 'perch-updater'

export function installationOf({ platform, env, exe }: InstallationFacts): Installation {
  const appImage = env['APPIMAGE']
  if (platform === 'linux' && appImage !== undefined && resolve(appImage) === appImage)
    return { kind: 'appImage', file: appImage }
  const local = env['LOCALAPPDATA']
  if (platform === 'win32' && local !== undefined)
    return { kind: 'nsis', installer: join(local, CACHE, 'installer.exe') }
  // Perch.app/Contents/MacOS/Perch
  if (platform === 'darwin') return { kind: 'bundle', folder: dirname(dirname(dirname(exe))) }
  return { kind: 'other' }
}

const keptIn = (directory: string, { kind }: Installation): string =>
  join(directory, kind === 'nsis' ? 'previous.exe' : 'previous')

/*
 * Folders are copied and deleted by programs of the system: Electron's `fs` takes app.asar in a bundle for a folder. On macOS a copy
 * takes no space (-c).
 */
const copyFlags = process.platform === 'darwin' ? '-Rc' : '-R'
const run = promisify(execFile)

/** Keeps what brings this version back. False: there is nothing that could be kept. */
export async function keepInstalled(installation: Installation, directory: string): Promise<boolean> {
  const kept = keptIn(directory, installation)
  const copy = `${kept}.new`
  await mkdir(directory, { recursive: true })
  if (installation.kind === 'bundle') await copyFolder(installation.folder, copy)
  else {
    const source = installation.kind === 'appImage' ? installation.file : installerOf(installation)
    if (source === null) return false
    await copyFileOrNothing(source, copy)
  }
  if (installation.kind === 'bundle') await run('/bin/rm', ['-rf', kept])
  await rename(copy, kept)
  return true
}

function installerOf(installation: Installation): string | null {
  return installation.kind === 'nsis' && existsSync(installation.installer) ? installation.installer : null
}

async function copyFileOrNothing(source: string, copy: string): Promise<void> {
  try {
    await copyFile(source, copy)
  } catch (error) {
    await rm(copy, { force: true })
    throw error
  }
}

async function copyFolder(folder: string, copy: string): Promise<void> {
  await run('/bin/rm', ['-rf', copy])
  try {
    await run('/bin/cp', [copyFlags, folder, copy])
  } catch (error) {
    await run('/bin/rm', ['-rf', copy])
    throw error
  }
}

/** Frees the space. Never throws. */
export function dropKept(installation: Installation, directory: string): void {
  try {
    const kept = keptIn(directory, installation)
    if (installation.kind === 'bundle') execFileSync('/bin/rm', ['-rf', kept])
    else rmSync(kept, { force: true })
  } catch {
    // It is overwritten by the next one.
  }
}

/** Replaces the file in one step: whatever happens meanwhile, there is an app. */
export function replaceAppImage(target: string, source: string): void {
  const beside = `${target}.new`
  try {
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(source, beside)
    chmodSync(beside, 0o755)
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** Puts the kept version in the place of this one. `restarts`: it starts by itself afterwards. Throws when it cannot. */
export function restoreKept(installation: Installation, directory: string): { restarts: boolean } {
  const kept = keptIn(directory, installation)
  if (!existsSync(kept)) throw new Error('no version is kept')
  if (installation.kind === 'appImage') replaceAppImage(installation.file, kept)
  else if (installation.kind === 'bundle') replaceBundle(installation.folder, kept)
  else spawn(kept, ['--updated', '/S', '--force-run'], { detached: true, stdio: 'ignore' }).unref()
  return { restarts: installation.kind === 'nsis' }
}

function replaceBundle(folder: string, kept: string): void {
  const beside = `${folder}.new`
  const old = `${folder}.old`
  execFileSync('/bin/rm', ['-rf', beside, old])
  execFileSync('/bin/cp', [copyFlags, kept, beside])
  renameSync(folder, old)
  renameSync(beside, folder)
  execFileSync('/bin/rm', ['-rf', old])
}
