import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { suites } from '../tests/rules/cases/index.ts'
import { openRuleRunner, type RuleCase } from '../tests/rules/world.ts'
import { startFirestoreEmulator } from '../tests/support/firestore-emulator.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { root } from './lib/paths.ts'
import { mutantsOf, type Mutant } from './lib/rules-mutants.ts'

const help = `
npm run mutate:rules [-- options]

Changes firestore.rules in one place at a time (negates or removes a condition, moves a boundary, allows another field, …)
and runs the cases of tests/rules against each mutant. A mutant survives when no case fails: the changed condition is not
tested. Ends with one line of figures; fails when a mutant survives.

  --from N    start at mutant N (as numbered by --list and the report), to resume a run
  --to N      stop after mutant N
  --list      print the mutants and stop
`

/** Number of cases to run first that killed the latest mutants. */
const RECENT = 8
/** Number of allowed cases to run before the denied ones. */
const SAMPLE = 2

/**
 * Returns all cases, with those that are likely to kill the mutant first. Cases of the changed blocks come before all
 * others: those that killed recent mutants, a few allowed cases, then the denied cases, which run in parallel.
 */
function orderFor({ blocks }: Mutant, killers: readonly RuleCase[]): RuleCase[] {
  const near = suites.filter(({ block }) => blocks.includes(block))
  const recent = near.flatMap(({ cases }) =>
    killers.filter((killer) => cases.includes(killer)).slice(0, RECENT),
  )
  const sample = near.flatMap(({ cases }) => cases.filter(({ allowed }) => allowed).slice(0, SAMPLE))
  const nearCases = near.flatMap(({ cases }) => cases)
  const denied = nearCases.filter(({ allowed }) => !allowed)
  const all = suites.flatMap(({ cases }) => cases)
  return [...new Set([...recent, ...sample, ...denied, ...nearCases, ...all])]
}

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { from: { type: 'string' }, to: { type: 'string' }, list: { type: 'boolean', default: false } },
  })
  const source = readFileSync(join(root, 'firestore.rules'), 'utf8')
  const mutants = mutantsOf(source).map((mutant, index) => ({ number: index + 1, mutant }))
  const from = wholeNumber('from', values.from, 1, 1)
  const to = wholeNumber('to', values.to, mutants.length, 1)
  const chosen = mutants.filter(({ number }) => number >= from && number <= to)
  if (chosen.length === 0)
    throw new Unmet(`There are ${mutants.length} mutants; --from and --to select none of them.`)
  const print = ({ number, mutant }: (typeof mutants)[number]): string =>
    `${number} · line ${mutant.line} · ${mutant.description}`
  if (values.list) {
    for (const entry of chosen) note(print(entry))
    return 0
  }

  const started = performance.now()
  const emulator = await startFirestoreEmulator()
  const runner = await openRuleRunner(emulator)
  const cases = suites.flatMap((suite) => suite.cases)
  step(`Running ${cases.length} cases against the unchanged rules`)
  const failing = await runner.findFailing(cases)
  if (failing !== undefined) throw new Error(`A case fails with the unchanged rules: ${failing.name}.`)

  step(`Running them against ${chosen.length} mutants`)
  const survivors: string[] = []
  const killers: RuleCase[] = []
  for (const entry of chosen) {
    await emulator.loadRules(entry.mutant.source)
    const killedBy = await runner.findFailing(orderFor(entry.mutant, killers))
    if (killedBy === undefined) {
      survivors.push(print(entry))
      note(`survives: ${print(entry)}`)
    } else {
      killers.splice(0, killers.length, killedBy, ...killers.filter((other) => other !== killedBy))
    }
    if (entry.number % 50 === 0) note(`${entry.number} of ${mutants.length}`)
  }
  await runner.close()
  await emulator.stop()

  for (const survivor of survivors) note(`survived: ${survivor}`)
  const seconds = Math.round((performance.now() - started) / 1000)
  const killed = chosen.length - survivors.length
  console.log(`${chosen.length} mutants, ${killed} killed, ${survivors.length} survived, in ${seconds} s`)
  return survivors.length === 0 ? 0 : 1
})
