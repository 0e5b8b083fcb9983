import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Marker by which @electron/fuses finds the fuses in the binary. A version, the number of fuses and their states follow. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = '110001101'

/**
 * Writes a minimal Electron distribution for Linux that electron-builder can pack and set fuses in. The package cannot run,
 * but its contents can be checked on a machine that cannot download Electron.
 */
export function writeStandInElectron(directory: string, version: string): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(join(directory, 'resources'), { recursive: true })
  mkdirSync(join(directory, 'locales'))
  const fuses = Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([1, FUSES.length]),
    Buffer.from(FUSES),
  ])
  writeFileSync(join(directory, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), fuses]), {
    mode: 0o755,
  })
  const others = [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'chrome_crashpad_handler',
    'locales/en-US.pak',
  ]
  for (const name of others) writeFileSync(join(directory, name), name)
  writeFileSync(join(directory, 'version'), version)
}
