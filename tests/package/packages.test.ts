import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Data, NtExecutable, NtExecutableResource, Resource } from 'resedit'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readAsar } from '../../scripts/lib/packaging/asar.ts'
import { FUSES } from '../../scripts/lib/packaging/fuses.ts'
import { root } from '../../scripts/lib/paths.ts'
import { apps } from './packed.ts'

/** A tenth more than there is: fonts, the PDF reader and the emoji data are more than half of it. */
const MAX_ASAR_BYTES = 10_000_000
const WANTED = [
  '/package.json',
  '/out/main/start.js',
  '/out/main/index.js',
  '/out/main/store-worker.js',
  '/out/preload/index.cjs',
  '/out/renderer/index.html',
  '/assets/icon.png',
  '/assets/badge.png',
  '/assets/tray/tray.png',
]
const ALLOWED = [
  /^\/package\.json$/,
  /^\/out\/(main|preload|renderer)\/.+\.(js|cjs|mjs|css|html|woff2|png|svg|wasm|bcmap|pfb|ttf|icc|json)$/,
  /^\/assets\/[a-z0-9/@-]+\.png$/i,
]
const packageSchema = z.looseObject({ name: z.literal('perch'), main: z.literal('out/main/start.js') })

test('something was packed', () => {
  expect(apps.length).toBeGreaterThan(0)
})

describe.each(apps)('$name', ({ program, resources }) => {
  const asar = join(resources, 'app.asar')
  const files = readAsar(asar)
  const scripts = files.filter(({ path }) => /\.(js|cjs|mjs)$/.test(path))

  test('has what the app needs', () => {
    const paths = files.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(WANTED))
    expect(paths.filter((path) => /\/emoji-font-[^/]+\.css$/.test(path))).not.toEqual([])
  })

  test('has no sources, source maps, tests, packages or anything else', () => {
    const unexpected = files.filter(({ path }) => !ALLOWED.some((pattern) => pattern.test(path)))
    expect(unexpected.map(({ path }) => path)).toEqual([])
    const withSources = scripts.filter(({ content }) => content.includes('sourceMappingURL'))
    expect(withSources.map(({ path }) => path)).toEqual([])
  })

  test('has nothing of the machine that it was built on', () => {
    expect(files.filter(({ content }) => content.includes(root)).map(({ path }) => path)).toEqual([])
  })

  test('its package.json has nothing for development', () => {
    const json = files.find(({ path }) => path === '/package.json')?.content.toString() ?? ''
    const description = packageSchema.parse(JSON.parse(json))
    expect(description).not.toHaveProperty('devDependencies')
    expect(description).not.toHaveProperty('scripts')
    // Electron calls the windows by it on Linux, and the desktop entry has this name.
    expect(description).toHaveProperty('desktopName', 'perch.desktop')
  })

  test('has the configuration and the licences of the fonts beside the app', () => {
    for (const file of ['perch.config.json', 'licenses/inter.txt', 'licenses/noto-color-emoji.txt']) {
      expect(existsSync(join(resources, file)), file).toBe(true)
    }
    expect(existsSync(`${asar}.unpacked`)).toBe(false)
  })

  test('is not too large', () => {
    expect(readFileSync(asar).length).toBeLessThan(MAX_ASAR_BYTES)
  })

  test('has every fuse of Electron in the wanted state', async () => {
    const { version: _, ...wire } = await getCurrentFuseWire(program)
    const states = Object.entries(wire).map(([fuse, state]) => [FuseV1Options[Number(fuse)] ?? fuse, state])
    const wanted = Object.entries(FUSES).map(([fuse, isOn]) => {
      return [FuseV1Options[Number(fuse)], isOn ? FuseState.ENABLE : FuseState.DISABLE]
    })
    expect(Object.fromEntries(states)).toEqual(Object.fromEntries(wanted))
  })
})

describe.each(apps.filter(({ system }) => system === 'windows'))('Perch.exe of $name', (app) => {
  // A signature after the program is not read.
  const program = NtExecutable.from(readFileSync(app.program), { ignoreCert: true })
  const { entries } = NtExecutableResource.from(program)

  test('has the icon in all sizes', () => {
    const groups = Resource.IconGroupEntry.fromEntries(entries)
    const sizes = groups.flatMap(({ icons }) => icons.map(({ width }) => width || 256))
    expect(sizes.sort((a, b) => a - b)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256])
    const { icons } = Data.IconFile.from(readFileSync(join(root, 'assets/icon.ico')))
    expect(groups[0]?.icons.length).toBe(icons.length)
  })

  test('has its name and version', () => {
    const [version] = Resource.VersionInfo.fromEntries(entries)
    const language = version?.getAvailableLanguages()[0] ?? { lang: 0, codepage: 0 }
    const { version: wanted } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
    expect(version?.getStringValues(language)).toMatchObject({
      ProductName: 'Perch',
      FileDescription: 'Perch',
      FileVersion: wanted,
    })
  })

  test('has the hash of its asar', () => {
    const entry = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR')
    const integrity: unknown = JSON.parse(Buffer.from(entry?.bin ?? new ArrayBuffer()).toString())
    expect(integrity).toEqual([
      { file: String.raw`resources\app.asar`, alg: 'SHA256', value: headerHash(app.resources) },
    ])
  })
})

describe.each(apps.filter(({ system }) => system === 'mac'))('Perch.app of $name', (app) => {
  const info = readFileSync(join(app.program, 'Contents/Info.plist'), 'utf8')

  test('opens links, takes dropped files and says why it uses camera and microphone', () => {
    expect(info).toMatch(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>perch<\/string>/)
    expect(info).toMatch(/<key>LSItemContentTypes<\/key>\s*<array>\s*<string>public\.data<\/string>/)
    expect(info).toMatch(/<key>NSCameraUsageDescription<\/key>\s*<string>To take photos/)
    expect(info).toMatch(/<key>NSMicrophoneUsageDescription<\/key>\s*<string>To record voice notes/)
  })

  test('has the hash of its asar', () => {
    expect(info).toContain(headerHash(app.resources))
  })

  test('has the icon', () => {
    const icon = readFileSync(join(app.resources, 'icon.icns'))
    expect(icon.equals(readFileSync(join(root, 'assets/icon.icns')))).toBe(true)
  })
})

/** Electron compares this with what the program or bundle holds, and each file with its hash in the header. */
function headerHash(resources: string): string {
  const archive = readFileSync(join(resources, 'app.asar'))
  const header = archive.subarray(16, 16 + archive.readUInt32LE(12))
  return createHash('sha256').update(header).digest('hex')
}
