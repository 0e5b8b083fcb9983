/** What `npm run package` or `npm test` has packed, in the folder PERCH_RELEASE. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/lib/paths.ts'

const release = process.env['PERCH_RELEASE'] ?? join(root, 'release')

export interface PackedApp {
  /** Folder that the installers are made from, such as `linux-unpacked`. */
  name: string
  system: 'linux' | 'windows' | 'mac'
  /** The executable, or on macOS the bundle: what holds the fuses. */
  program: string
  resources: string
}

const packed = existsSync(release) ? readdirSync(release) : []

/** One app for each system and processor. */
export const apps: readonly PackedApp[] = packed.flatMap((name) => packedApp(name) ?? [])

function packedApp(name: string): PackedApp | undefined {
  const folder = join(release, name)
  const resources = join(folder, 'resources')
  if (/^linux-.*unpacked$/.test(name))
    return { name, system: 'linux', program: join(folder, 'perch'), resources }
  if (/^win-.*unpacked$/.test(name))
    return { name, system: 'windows', program: join(folder, 'Perch.exe'), resources }
  if (!/^mac(-|$)/.test(name)) return undefined
  const program = join(folder, 'Perch.app')
  return { name, system: 'mac', program, resources: join(program, 'Contents/Resources') }
}

export const debs = packed.filter((name) => name.endsWith('.deb')).map((name) => join(release, name))
