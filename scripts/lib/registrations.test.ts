import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './paths.ts'
import {
  registrationsOf,
  registries,
  withoutRegistration,
  type Registration,
  type Registry,
} from './registrations.ts'

/*
 * Removes every registration and expects the tools of `npm run check` to report each one. The tools take seconds, so a round
 * removes many:
 *
 * - Where tsc reports the other layers, a round removes every second entry of each registry. tsc reports each of their files.
 * - Where tsc reports the registry itself, it names at most four or five missing entries of a value. So there are copies of the
 *   registry, each without other entries, and tsc checks all of them at once.
 * - knip reports the files that nothing imports. It gets the registries without all of their entries. A file that another file
 *   imports too would be missed in earnest, so the registry must be the only one that imports it.
 */

/** The number of missing entries of which tsc names each. */
const CHUNK = 4
const LIMIT_MS = 120_000
const run = promisify(execFile)

let copy: string

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'perch-registries-'))
  const copied = ['src', 'scripts', 'tests', 'bench', 'assets', 'package.json', 'tsconfig.json', 'knip.json']
  const configs = [
    'vitest.config.ts',
    'playwright.config.ts',
    'electron.vite.config.ts',
    'electron-builder.yml',
  ]
  for (const name of [...copied, ...configs]) cpSync(join(root, name), join(copy, name), { recursive: true })
  cpSync(join(root, 'functions'), join(copy, 'functions'), {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  // Only src/: it contains all registrations, and checking it alone takes half the time.
  const config = { extends: './tsconfig.json', include: ['src'], exclude: ['src/**/*.test.*'] }
  writeFileSync(join(copy, 'tsconfig.src.json'), JSON.stringify(config))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Runs a tool in the copy. Resolves with its output, whether or not it found problems. */
async function outputOf(module: string, args: string[]): Promise<string> {
  const result = run(process.execPath, [join(root, 'node_modules', module), ...args], { cwd: copy })
  try {
    return (await result).stdout
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
  }
}
const types = (): Promise<string> =>
  outputOf('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.src.json', '--pretty', 'false'])
const deadCode = (): Promise<string> => outputOf('knip/bin/knip.js', ['--no-progress', '--include', 'files'])

const allOf = (registry: Registry): Registration[] => registrationsOf(registry, sourceOf(registry.file))
const sourceWithout = (removed: readonly Registration[], file: string): string =>
  removed.reduce(withoutRegistration, sourceOf(file))

const reportedHere = registries.filter(({ reported }) => reported === 'here')
const reportedElsewhere = registries.filter(({ reported }) => reported === 'other layers')
const named = ({ registry, name }: Registration): string => `${registry.file}: ${name}`

/** The properties that a message of tsc reports as missing. */
function missingNames(line: string): string[] {
  const one = /Property '([^']+)' is missing/u.exec(line)?.[1]
  const several = /is missing the following properties from type .*: ([^{}]+)$/u.exec(line)?.[1] ?? ''
  return [...(one === undefined ? [] : [one.replaceAll('"', '')]), ...several.replaceAll('"', '').split(', ')]
}

describe('tsc reports the files of the entry in the other layers', () => {
  it.each([0, 1])('of every second entry, from number %i on', { timeout: LIMIT_MS }, async (first) => {
    const removed = reportedElsewhere.flatMap((registry) =>
      allOf(registry).filter((_, index) => index % 2 === first),
    )
    for (const { file } of reportedElsewhere) {
      const own = removed.filter(({ registry }) => registry.file === file)
      expect(own, file).not.toEqual([])
      writeFileSync(join(copy, file), sourceWithout(own, file))
    }
    const files = (await types()).split('\n').map((line) => line.split('(')[0] ?? '')
    for (const { file } of reportedElsewhere) writeFileSync(join(copy, file), sourceOf(file))
    const unreported = removed.filter(
      ({ registry, module }) =>
        !files.some(
          (file) =>
            basename(file).replace(/\.tsx?$/u, '') === module && dirname(file) !== dirname(registry.file),
        ),
    )
    expect(unreported.map(named)).toEqual([])
  })
})

describe('tsc or knip reports the registry that lacks the entry, or the file of the entry', () => {
  /** A copy of a registry beside it, without some entries. */
  interface Shortened {
    file: string
    removed: Registration[]
  }
  const shortened = reportedHere.flatMap((registry): Shortened[] => {
    const all = allOf(registry)
    const starts = Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) => index * CHUNK)
    return starts.map((start, index) => ({
      file: registry.file.replace(/\.ts$/u, `.without-${index}.ts`),
      removed: all.slice(start, start + CHUNK),
    }))
  })

  async function namedByTypes(): Promise<Registration[]> {
    for (const { file, removed } of shortened) {
      writeFileSync(join(copy, file), sourceWithout(removed, removed[0]?.registry.file ?? ''))
    }
    const lines = (await types()).split('\n')
    for (const { file } of shortened) rmSync(join(copy, file))
    return shortened.flatMap(({ file, removed }) => {
      const missing = lines.filter((line) => line.startsWith(file)).flatMap(missingNames)
      return removed.filter(({ name }) => missing.includes(name))
    })
  }

  async function namedByDeadCode(): Promise<Registration[]> {
    for (const registry of reportedHere) {
      writeFileSync(join(copy, registry.file), sourceWithout(allOf(registry), registry.file))
    }
    const output = await deadCode()
    for (const { file } of reportedHere) writeFileSync(join(copy, file), sourceOf(file))
    return reportedHere
      .flatMap(allOf)
      .filter(
        ({ registry, module }) => module !== '' && output.includes(`${dirname(registry.file)}/${module}.ts`),
      )
      .filter(({ registry, module }) =>
        isImportedOnlyBy(registry.file, `${dirname(registry.file)}/${module}.ts`),
      )
  }

  it('of every entry', { timeout: LIMIT_MS }, async () => {
    const reported = [...(await namedByTypes()), ...(await namedByDeadCode())].map(named)
    const all = reportedHere.flatMap(allOf).map(named)
    expect(all.filter((name) => !reported.includes(name))).toEqual([])
  })
})

/** Whether no other source file imports the file. Tests count: knip follows their imports too. */
function isImportedOnlyBy(importer: string, file: string): boolean {
  const importers = sources.filter(({ imports }) => imports.includes(file))
  return importers.every(({ path }) => path === importer)
}

const sources = ['src', 'scripts', 'tests', 'bench', 'functions/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path}`)
    .filter((path) => /\.tsx?$/u.test(path))
    .map((path) => ({ path, imports: importsOf(path) })),
)

/** The project's files that a file imports. */
function importsOf(path: string): string[] {
  const specifiers = sourceOf(path).matchAll(/(?:from|import\(?)\s*'([.#][^']+)'/gu)
  return [...specifiers].map(([, name = '']) =>
    name.startsWith('#shared/') ? name.replace('#shared', 'src/shared') : join(dirname(path), name),
  )
}

it('finds the registrations of every registry', () => {
  for (const registry of registries) {
    const source = sourceOf(registry.file)
    const found = registrationsOf(registry, source)
    expect(found.length, registry.file).toBeGreaterThan(0)
    for (const registration of found) {
      const without = withoutRegistration(source, registration)
      const left = registrationsOf(registry, without).map(({ name }) => name)
      expect(left).toEqual(found.map(({ name }) => name).filter((name) => name !== registration.name))
    }
  }
})
