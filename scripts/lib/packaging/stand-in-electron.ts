import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

/** Marker by which @electron/fuses finds the fuses in the binary. A version, the number of fuses and their states follow. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Electron's defaults. */
const STATES = '101000011'
const FUSES = Buffer.concat([
  Buffer.from(FUSE_SENTINEL),
  Buffer.from([1, STATES.length]),
  Buffer.from(STATES),
])

const COMMON_FILES = ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']
const FILES = {
  linux: ['chrome-sandbox', 'chrome_crashpad_handler'],
  win32: ['d3dcompiler_47.dll', 'ffmpeg.dll'],
} as const
export type StandInPlatform = keyof typeof FILES

/**
 * Writes a minimal Electron distribution that electron-builder can pack and set fuses in. The package cannot run, but its
 * contents can be checked on a machine that cannot download Electron.
 */
export function writeStandInElectron(directory: string, platform: StandInPlatform, version: string): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(join(directory, 'resources'), { recursive: true })
  mkdirSync(join(directory, 'locales'))
  if (platform === 'win32') writeFileSync(join(directory, 'electron.exe'), windowsProgram())
  else {
    const script = Buffer.from('#!/bin/sh\nexit 1\n')
    writeFileSync(join(directory, 'electron'), Buffer.concat([script, FUSES]), { mode: 0o755 })
  }
  for (const name of [...COMMON_FILES, ...FILES[platform]]) writeFileSync(join(directory, name), name)
  writeFileSync(join(directory, 'version'), version)
}

/** An empty program with what electron-builder changes in electron.exe: a version resource in one language, and fuses. */
function windowsProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const version = Resource.VersionInfo.createEmpty()
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  program.setExtraData(FUSES)
  return Buffer.from(program.generate())
}
