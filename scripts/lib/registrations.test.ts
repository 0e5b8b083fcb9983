import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
 * Removes every registration once and expects the tools of `npm run check` to report it. The tools take seconds, so a round
 * removes several registrations: up to four from one registry of each family. Four is safe, because tsc names up to five missing
 * entries. The registries of a family belong to different layers. An entry that is missing in one layer can keep the tools from
 * reporting one in another layer, so a round never uses two registries of a family.
 */

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

/** The registrations of one family, in parts that one round can remove together. */
function chunksOf(family: readonly Registry[]): Registration[][] {
  return family.flatMap((registry) => {
    const all = registrationsOf(registry, sourceOf(registry.file))
    const starts = Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) => index * CHUNK)
    return starts.map((start) => all.slice(start, start + CHUNK))
  })
}

const families = [...Map.groupBy(registries, ({ family }) => family).values()].map(chunksOf)
const rounds = Array.from({ length: Math.max(...families.map((chunks) => chunks.length)) }, (_, round) =>
  families.flatMap((chunks) => chunks[round] ?? []),
)

/** Whether the tools have reported exactly this registration as missing. */
function isReported({ registry, name, module }: Registration, types: string, deadCode: string): boolean {
  const { file, reported } = registry
  const folder = dirname(file)
  const lines = types.split('\n')
  if (reported === 'here') {
    const missing = lines.filter((line) => line.startsWith(file)).flatMap(missingNames)
    return missing.includes(name) || (module !== '' && deadCode.includes(`${folder}/${module}.ts`))
  }
  return lines.some((line) => {
    const at = line.split('(')[0] ?? ''
    return basename(at).replace(/\.tsx?$/u, '') === module && dirname(at) !== folder
  })
}

/** The properties that a message of tsc reports as missing. */
function missingNames(line: string): string[] {
  const one = /Property '([^']+)' is missing/u.exec(line)?.[1]
  const several = /is missing the following properties from type .*: ([^{}]+)$/u.exec(line)?.[1] ?? ''
  return [...(one === undefined ? [] : [one.replaceAll('"', '')]), ...several.replaceAll('"', '').split(', ')]
}

describe.each(rounds.map((removed, round) => ({ round, removed })))('round $round', ({ removed }) => {
  it('reports every removed registration', { timeout: LIMIT_MS }, async () => {
    for (const registry of registries) {
      const source = removed
        .filter((registration) => registration.registry === registry)
        .reduce(withoutRegistration, sourceOf(registry.file))
      writeFileSync(join(copy, registry.file), source)
    }
    const [types, deadCode] = await Promise.all([
      outputOf('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.src.json']),
      outputOf('knip/bin/knip.js', ['--no-progress', '--include', 'files']),
    ])
    expect(removed).not.toEqual([])
    const unreported = removed.filter((registration) => !isReported(registration, types, deadCode))
    expect(unreported.map(({ registry, name }) => `${registry.file}: ${name}`)).toEqual([])
  })
})

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
