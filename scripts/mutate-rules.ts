import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { suites } from '../tests/rules/cases/index.ts'
import { equivalentMutants } from '../tests/rules/equivalent-mutants.ts'
import type { Case, Runner, Suite } from '../tests/rules/runner.ts'
import { storageSuites } from '../tests/rules/storage/cases.ts'
import { openStorageRunner, type StorageCase } from '../tests/rules/storage/world.ts'
import { openRuleRunner, type RuleCase } from '../tests/rules/world.ts'
import { startFirestoreEmulator } from '../tests/support/firestore-emulator.ts'
import { startTemporaryBackend } from './lib/backend.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { loadStorageRules } from './lib/emulator-rest.ts'
import { openKillers } from './lib/killers.ts'
import { root } from './lib/paths.ts'
import { keyOf, mutantsOf, type Mutant } from './lib/rules-mutants.ts'

const help = `
npm run mutate:rules [-- [firestore|storage] options]

Changes firestore.rules and storage.rules in one place at a time (negates or removes a condition, moves a boundary, allows
another field, …) and runs the cases of tests/rules against each mutant. A mutant survives when no case fails: the changed
condition is not tested. The few that no request can tell from the rules are named in tests/rules/equivalent-mutants.ts.
Ends with one line of figures for each file; fails when another mutant survives, or when a case kills one of those.

  firestore, storage   only the mutants of this file
  --from N    start at mutant N of the file (as numbered by --list and the report), to resume a run
  --to N      stop after mutant N
  --list      print the mutants and stop
`

/** Number of cases to run early that killed the latest mutants. */
const RECENT = 8
/** Number of allowed cases to run before the denied ones. */
const SAMPLE = 2

/** The emulators with the rules of one file. */
interface Opened<C> {
  runner: Runner<C>
  loadRules(source: string): Promise<void>
  stop(): Promise<void>
}

interface Range {
  from: string | undefined
  to: string | undefined
}

interface NumberedMutant {
  number: number
  mutant: Mutant
}

/**
 * Returns all cases, with those that are likely to kill the mutant first: the one that killed it in an earlier run, then the cases of
 * the changed blocks before all others. Of these, first those that killed recent mutants, a few allowed cases, then the denied cases,
 * which run in parallel.
 */
function orderFor<C extends Case<unknown>>(
  { blocks }: Mutant,
  all: readonly Suite<C>[],
  earlier: string | undefined,
  killers: readonly C[],
): C[] {
  const near = all.filter(({ block }) => blocks.includes(block))
  const recent = near.flatMap(({ cases }) =>
    killers.filter((killer) => cases.includes(killer)).slice(0, RECENT),
  )
  const sample = near.flatMap(({ cases }) => cases.filter(({ allowed }) => allowed).slice(0, SAMPLE))
  const nearCases = near.flatMap(({ cases }) => cases)
  const denied = nearCases.filter(({ allowed }) => !allowed)
  const others = all.flatMap(({ cases }) => cases)
  const known = others.filter(({ name }) => name === earlier)
  return [...new Set([...known, ...recent, ...sample, ...denied, ...nearCases, ...others])]
}

const print = ({ number, mutant }: NumberedMutant): string =>
  `${number} · line ${mutant.line} · ${mutant.description}`

function chooseMutants(file: string, { from, to }: Range): NumberedMutant[] {
  const source = readFileSync(join(root, file), 'utf8')
  const mutants = mutantsOf(source).map((mutant, index) => ({ number: index + 1, mutant }))
  const first = wholeNumber('from', from, 1, 1)
  const last = wholeNumber('to', to, mutants.length, 1)
  const chosen = mutants.filter(({ number }) => number >= first && number <= last)
  if (chosen.length > 0) return chosen
  throw new Unmet(`${file} has ${mutants.length} mutants; --from and --to select none of them.`)
}

/** Returns whether the cases kill all of these mutants. */
async function killAll<C extends Case<unknown>>(
  file: string,
  chosen: readonly NumberedMutant[],
  all: readonly Suite<C>[],
  opened: readonly Opened<C>[],
): Promise<boolean> {
  const started = performance.now()
  const cases = all.flatMap((suite) => suite.cases)
  step(`Running ${cases.length} cases against the unchanged ${file}`)
  const failing = await opened[0]?.runner.findFailing(cases)
  if (failing !== undefined) throw new Error(`A case fails with the unchanged rules: ${failing.name}.`)

  step(`Running them against ${chosen.length} mutants`)
  const survivors: string[] = []
  const equivalent: string[] = []
  const refuted: string[] = []
  const recent: C[] = []
  const earlier = openKillers(file)
  const waiting = [...chosen]
  /** Takes one mutant after the other. Several lanes, each with its own emulators, share the mutants. */
  const lane = async ({ runner, loadRules }: Opened<C>): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      const { mutant } = entry
      await loadRules(mutant.source)
      const killedBy = await runner.findFailing(orderFor(mutant, all, earlier.of(mutant), recent))
      const isEquivalent = Object.hasOwn(equivalentMutants, keyOf(mutant))
      if (killedBy === undefined && isEquivalent) equivalent.push(print(entry))
      else if (killedBy === undefined) {
        survivors.push(print(entry))
        note(`survives: ${print(entry)}`)
      } else {
        if (isEquivalent) refuted.push(`${print(entry)} · killed by: ${killedBy.name}`)
        earlier.note(mutant, killedBy.name)
        recent.splice(0, recent.length, killedBy, ...recent.filter((other) => other !== killedBy))
      }
      if (waiting.length % 50 === 0) {
        note(`${chosen.length - waiting.length} of ${chosen.length}`)
        earlier.save()
      }
    }
  }
  await Promise.all(opened.map(lane))
  earlier.save()

  for (const mutant of equivalent) note(`equivalent: ${mutant}`)
  for (const mutant of refuted) note(`named as equivalent, but it is not: ${mutant}`)
  for (const survivor of survivors) note(`survived: ${survivor}`)
  const seconds = Math.round((performance.now() - started) / 1000)
  const killed = chosen.length - survivors.length - equivalent.length
  console.log(
    `${file}: ${chosen.length} mutants, ${killed} killed, ${equivalent.length} equivalent, ${survivors.length} survived, in ${seconds} s`,
  )
  return survivors.length === 0 && refuted.length === 0
}

/** Starts the emulators of this many lanes, runs the work of one file, then ends them. */
async function withLanes<C>(
  count: number,
  open: () => Promise<Opened<C>>,
  work: (lanes: readonly Opened<C>[]) => Promise<boolean>,
): Promise<boolean> {
  const lanes = await Promise.all(Array.from({ length: count }, open))
  try {
    return await work(lanes)
  } finally {
    await Promise.all(lanes.map(({ stop }) => stop()))
  }
}

const files = {
  async firestore(file: string, chosen: readonly NumberedMutant[]): Promise<boolean> {
    const open = async (): Promise<Opened<RuleCase>> => {
      const emulator = await startFirestoreEmulator()
      return { ...emulator, runner: openRuleRunner(emulator) }
    }
    return withLanes(availableParallelism(), open, (lanes) => killAll(file, chosen, suites, lanes))
  },
  async storage(file: string, chosen: readonly NumberedMutant[]): Promise<boolean> {
    const open = async (): Promise<Opened<StorageCase>> => {
      const { backend, stop } = await startTemporaryBackend()
      const loadRules = (source: string): Promise<void> => loadStorageRules(backend, source)
      return { runner: openStorageRunner(backend), loadRules, stop }
    }
    return withLanes(1, open, (lanes) => killAll(file, chosen, storageSuites, lanes))
  },
}
type FileName = keyof typeof files
const isFile = (name: string): name is FileName => Object.hasOwn(files, name)

await runCommand(help, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    options: { from: { type: 'string' }, to: { type: 'string' }, list: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const unknown = positionals.find((name) => !isFile(name))
  if (unknown !== undefined) throw new Unmet(`There are no rules "${unknown}"; --help lists them.`)
  const chosenFiles = Object.keys(files)
    .filter(isFile)
    .filter((name) => positionals.length === 0 || positionals.includes(name))
  let allKilled = true
  for (const name of chosenFiles) {
    const file = `${name}.rules`
    const chosen = chooseMutants(file, { from: values.from, to: values.to })
    if (values.list) for (const entry of chosen) note(`${file} ${print(entry)}`)
    else allKilled = (await files[name](file, chosen)) && allKilled
  }
  return allKilled ? 0 : 1
})
