import { mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { step, Unmet } from '../console.ts'
import { root, stateDirectory } from '../paths.ts'
import { output, run } from '../processes.ts'
import { announceNotarization } from './notarize.ts'
import { writeStandInElectron, type StandInPlatform } from './stand-in-electron.ts'

const { version: electronVersion } = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('electron/package.json'))

/** Builds all installers of this system, for both processors, with the app's configuration in them. Returns their folder. */
export async function packInstallers(config: string): Promise<string> {
  const release = join(root, 'release')
  if (process.platform === 'darwin') announceNotarization(process.env)
  rmSync(release, { recursive: true, force: true })
  await electronBuilder(config, [])
  return release
}

export interface Trial {
  release: string
  /** What has been packed. */
  packed: string[]
  /** What could not be packed here, each with the reason. */
  left: string[]
}

const WITHOUT_ELECTRON = [
  'Windows installer: needs Electron and NSIS, which electron-builder downloads',
  'macOS dmg and zip: can be built only on macOS',
  'Linux AppImage and rpm: need Electron and the tools that electron-builder downloads',
]

/** Packs for Linux and Windows with a stand-in for Electron. This needs no download. */
export async function packTrial(): Promise<Trial> {
  const directory = join(stateDirectory, 'trial')
  const release = join(directory, 'release')
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const canBuildDeb = process.platform !== 'win32' && output('dpkg-deb', ['--version']) !== undefined
  const targets: Record<StandInPlatform, string[]> = {
    linux: ['--linux', 'dir', ...(canBuildDeb ? ['deb'] : [])],
    win32: ['--win', 'dir'],
  }
  for (const platform of ['linux', 'win32'] as const) {
    const standIn = join(directory, `electron-${platform}`)
    writeStandInElectron(standIn, platform, electronVersion)
    await electronBuilder('perch.config.example.json', [
      ...targets[platform],
      '--x64',
      `-c.electronDist=${standIn}`,
      `-c.electronVersion=${electronVersion}`,
      `-c.directories.output=${release}`,
      // A deb must have a homepage. electron-builder knows the one of a clone from GitHub.
      '-c.extraMetadata.homepage=https://perch.invalid/',
    ])
  }
  return {
    release,
    packed: ['Linux folder', ...(canBuildDeb ? ['Linux deb'] : []), 'Windows folder'],
    left: [...(canBuildDeb ? [] : ['Linux deb: there is no dpkg-deb']), ...WITHOUT_ELECTRON],
  }
}

async function electronBuilder(config: string, flags: string[]): Promise<void> {
  step('Packing with electron-builder')
  const args = [join(root, 'node_modules/electron-builder/cli.js'), '--publish', 'never', ...flags]
  // A workflow sets the variables of secrets that it does not have to nothing.
  const isSet = ([, value]: [string, string | undefined]): boolean => value !== ''
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(isSet)),
    PERCH_CONFIG: relative(root, config),
    // Only the trial builds debs without fpm; rpms need it.
    ...(flags.includes('deb') && { CUSTOM_FPM_PATH: join(import.meta.dirname, 'fpm.ts') }),
  }
  const code = await run(process.execPath, args, { cwd: root, env })
  if (code !== 0) throw new Unmet('electron-builder failed.')
}
