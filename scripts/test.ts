import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { startTemporaryBackend } from './lib/backend.ts'
import { ensureBuilt, ensureGalleryBuilt } from './lib/build.ts'
import { runChecks } from './lib/checks.ts'
import { runCommand } from './lib/command.ts'
import { complain, note, step, Unmet } from './lib/console.ts'
import { ensureElectron } from './lib/electron.ts'
import { ensureFunctionsInstalled } from './lib/functions.ts'
import { extractAsar } from './lib/packaging/asar.ts'
import { packTrial } from './lib/packaging/pack.ts'
import { root, stateDirectory } from './lib/paths.ts'
import { beforeExit, run } from './lib/processes.ts'
import { keepTemporaryFilesInMemory } from './lib/temporary.ts'
import { judge, sum, tallyPlaywright, tallyVitest, type Failure, type Tally } from './lib/tally.ts'

const help = `
npm test [-- SUITE...] [--only TEXT]

Does all set-up, then runs all suites or the named ones:

  check   types, lint, format, dead code
  unit    tests beside the code
  rules   firestore.rules, against the emulator
  functions  the Cloud Functions, against the emulators
  sync    the data layer and services, against the local backend
  build   builds the app
  package  packs the app with a stand-in for Electron and tests what was packed
  e2e     two people in two app instances, on the local backend; after "package" they run what was packed

  --only TEXT   run only test files whose path contains TEXT

Repeats a failed test of sync and e2e once. Ends with the failed tests, those that passed when repeated, the time of each suite, and the line "N passed, N failed". Fails when a test fails or a suite runs no test.
`

const suites = {
  check,
  unit: (only: string[]) => vitest('unit', only),
  rules: (only: string[], log?: string) => vitest('rules', only, log),
  functions: (only: string[], log?: string) => vitest('functions', only, log),
  sync: (only: string[], log?: string) => vitest('sync', only, log),
  build: buildApp,
  package: packageApp,
  e2e,
}
type SuiteName = keyof typeof suites
const isSuite = (name: string): name is SuiteName => Object.hasOwn(suites, name)
/** Suites that wait for the emulators most of the time. They run beside the suites that keep the processor busy. */
const isWaiting = (name: SuiteName): boolean => name === 'rules' || name === 'sync'
const usesEmulators = (name: SuiteName): boolean => isWaiting(name) || name === 'functions' || name === 'e2e'
/** Suites that need the packages of the functions: for their types, or to run them. */
const usesFunctions = (name: SuiteName): boolean => name === 'check' || name === 'functions'

/**
 * The emulators run for minutes only, and share few cores with the tests. Compiling their code thoroughly and collecting garbage
 * on several threads takes more than it saves: without both, the first hundred requests take half the processor time.
 */
const JAVA_OPTIONS = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
/** Lines of the message of a failed test that are repeated at the end. */
const MESSAGE_LINES = 20
const resultsDirectory = join(stateDirectory, 'results')
/** Environment variables added for every suite. */
const environment: Record<string, string> = {}

await runCommand(help, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    options: { only: { type: 'string' } },
    allowPositionals: true,
  })
  const unknown = positionals.find((name) => !isSuite(name))
  if (unknown !== undefined) throw new Unmet(`There is no suite "${unknown}"; --help lists them.`)
  const chosen = Object.keys(suites)
    .filter(isSuite)
    .filter((name) => positionals.length === 0 || positionals.includes(name))
  const only = values.only === undefined ? [] : [values.only]
  mkdirSync(resultsDirectory, { recursive: true })
  keepTemporaryFilesInMemory()
  process.env['JAVA_TOOL_OPTIONS'] = [process.env['JAVA_TOOL_OPTIONS'] ?? '', JAVA_OPTIONS].join(' ').trim()
  const times: string[] = []
  const stopwatch = (name: string): (() => void) => {
    const startedAt = performance.now()
    return () => void times.push(`${name} ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  }
  const stopTotal = stopwatch('in all')
  if (chosen.some(usesFunctions)) await ensureFunctionsInstalled()
  // The first suites do not need it. Java and the emulators may have to be installed: another suite that uses them waits for that.
  const backend = chosen.some((name) => name === 'sync' || name === 'e2e')
    ? provideBackend().finally(stopwatch('backend'))
    : Promise.resolve()
  backend.catch(() => undefined)

  const tallies: Tally[] = []
  /** Runs one suite. With `shown`, its output is collected and shown when `shown` has settled. */
  async function runSuite(name: SuiteName, shown?: Promise<void>): Promise<void> {
    if (usesEmulators(name)) await backend
    if (shown === undefined) step(`Suite ${name}`)
    const log = shown === undefined ? undefined : join(resultsDirectory, `${name}.log`)
    const stop = stopwatch(name)
    const tally = await suites[name](only, log)
    stop()
    tallies.push(tally)
    await shown
    if (log !== undefined) {
      step(`Suite ${name}`)
      process.stdout.write(readFileSync(log))
    }
    if (tally.failures.length > 0) complain(`${name}: ${tally.failures.length} failed`)
  }
  async function runInTurn(names: readonly SuiteName[]): Promise<void> {
    for (const name of names) await runSuite(name)
  }

  const waiting = chosen.filter(isWaiting)
  const others = chosen.filter((name) => !isWaiting(name) && name !== 'e2e')
  if (others.length === 0) await runInTurn(waiting)
  else {
    const shown = runInTurn(others)
    await Promise.all([shown, ...waiting.map((name) => runSuite(name, shown))])
  }
  // This suite runs alone: its workers keep both cores of a small machine busy.
  if (chosen.includes('e2e')) await runSuite('e2e')

  const { passed, failures, flaky } = sum(tallies)
  if (flaky.length > 0) complain(`${flaky.length} failed once and passed when repeated:`)
  for (const failure of [...flaky, ...failures]) showFailure(failure)
  stopTotal()
  note(`Time: ${times.join(', ')}`)
  console.log(`${passed} passed, ${failures.length} failed`)
  return failures.length === 0 ? 0 : 1
})

/** The output of a suite is long, and continuous integration often keeps only its end. So the end has what failed. */
function showFailure({ test, message }: Failure): void {
  complain(test.replace(`${root}/`, ''))
  for (const line of stripVTControlCharacters(message).split('\n').slice(0, MESSAGE_LINES)) note(line)
}

async function provideBackend(): Promise<void> {
  step('Starting the local backend for the tests')
  const running = await startTemporaryBackend()
  environment['PERCH_BACKEND'] = running.configFile
}

async function check(): Promise<Tally> {
  const results = await runChecks()
  return {
    passed: results.filter(({ passed }) => passed).length,
    failures: results
      .filter(({ passed }) => !passed)
      .map(({ name, output }) => ({ test: name, message: output })),
    flaky: [],
  }
}

/** With `log`, the output goes to that file. */
async function vitest(project: string, only: string[], log?: string): Promise<Tally> {
  const args = ['vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=json']
  const report = reportFile(project)
  const code = await runModule([...args, `--outputFile.json=${report}`, ...only], environment, log)
  return judge(project, readReport(report, tallyVitest), code)
}

async function buildApp(): Promise<Tally> {
  try {
    await ensureBuilt()
    return { passed: 1, failures: [], flaky: [] }
  } catch (error) {
    return { passed: 0, failures: [{ test: 'the build', message: String(error) }], flaky: [] }
  }
}

/** Packs the app, and lets the suite e2e run what is in the package, outside the repository. */
async function packageApp(): Promise<Tally> {
  await ensureBuilt()
  const { release } = await packTrial()
  const directory = mkdtempSync(join(tmpdir(), 'perch-package-'))
  beforeExit(async () => rm(directory, { recursive: true, force: true }))
  extractAsar(join(release, 'linux-unpacked/resources/app.asar'), directory)
  environment['E2E_APP_DIR'] = directory
  environment['PERCH_RELEASE'] = release
  // All its tests, whatever was asked of e2e: they take two seconds.
  return vitest('package', [])
}

async function e2e(only: string[]): Promise<Tally> {
  const electron = await ensureElectron()
  await ensureBuilt()
  await ensureGalleryBuilt()
  const report = reportFile('e2e')
  const env = { ...environment, ...electron.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const code = await runModule(['@playwright/test/cli.js', 'test', '--reporter=list,json', ...only], env)
  return judge('e2e', readReport(report, tallyPlaywright), code)
}

function reportFile(name: string): string {
  const file = join(resultsDirectory, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

function readReport(file: string, tally: (report: unknown) => Tally): Tally {
  return existsSync(file)
    ? tally(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failures: [], flaky: [] }
}

/** Runs a package's script with this Node. `module` is its path in node_modules; its arguments follow. */
async function runModule(
  [module = '', ...args]: string[],
  env: Record<string, string>,
  log?: string,
): Promise<number> {
  const output = log === undefined ? 'inherit' : openSync(log, 'w')
  const code = await run(process.execPath, [join(root, 'node_modules', module), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['inherit', output, output],
  })
  if (typeof output === 'number') closeSync(output)
  return code
}
