import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { bridgeFailureSchema } from '../src/shared/bridge/contract.ts'
import { accountMethods, methods } from '../src/shared/bridge/index.ts'
import {
  destinationSchema,
  findDeepLink,
  parseDeepLink,
  type Destination,
} from '../src/shared/domain/deep-link.ts'
import { launchApp, type LaunchedApp } from '../tests/support/launch.ts'
import { writeNoBackend } from '../tests/support/no-backend.ts'
import { ensureBuilt } from './lib/build.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { complain, note, step } from './lib/console.ts'
import { ensureElectron } from './lib/electron.ts'
import { fuzzCalls, validArguments, type FuzzInput } from './lib/fuzz-calls.ts'
import { seededRandom } from './lib/random.ts'

const help = `
npm run fuzz:bridge [-- options]

Starts the app with an empty profile and makes random calls to every method of the bridge, from the page. Also tries random
perch:// links: most are only parsed in this process; some are passed to the running app like those of a second start
('second-instance' is emitted, no process is started). Fails after a crash, an unhandled rejection or an untyped failure. Ends
with one line of figures.

  --calls N   random calls (10000)
  --links N   random links (10000); all except --starts are only parsed
  --starts N  links passed to the running app (300)
  --seed N    repeats a run (random otherwise)
`

const CALLS_AT_ONCE = 500
/** While the app is locked, every other method is denied; `lock.forget` then loads the page again, which ends the calls. */
const LEFT_OUT: readonly string[] = ['lock.lock', 'lock.forget']
const reportSchema = z.strictObject({
  outcomes: z.record(z.string(), z.number()),
  wrong: z.array(z.string()),
})

/** Blocks every fetch of all sessions, so that no request reaches Google. This includes sessions that are created later. */
async function blockFetches({ app }: LaunchedApp): Promise<void> {
  await app.evaluate(({ session }) => {
    const blocked = (): Promise<Response> => Promise.resolve(new Response('{}', { status: 404 }))
    Object.assign(Object.getPrototypeOf(session.defaultSession), { fetch: blocked })
    if (session.fromPartition('any').fetch !== blocked) throw new Error('sessions still fetch')
  })
}

async function fuzzBridge(
  launched: LaunchedApp,
  seed: number,
  calls: number,
): Promise<z.infer<typeof reportSchema>> {
  const total: z.infer<typeof reportSchema> = { outcomes: {}, wrong: [] }
  for (let done = 0; done < calls; done += CALLS_AT_ONCE) {
    const input: FuzzInput = {
      seed: seed + done,
      calls: Math.min(CALLS_AT_ONCE, calls - done),
      methods: Object.keys(methods).filter((name) => !LEFT_OUT.includes(name)),
      accountMethods: Object.keys(accountMethods),
      valid: validArguments,
      failureCodes: [...bridgeFailureSchema.shape.code.options],
    }
    // Passed as text, because the page cannot import this script's modules.
    const answer: unknown = await launched.page.evaluate(
      `(${fuzzCalls.toString()})(${JSON.stringify(input)}, ${seededRandom.toString()})`,
    )
    const { outcomes, wrong } = reportSchema.parse(answer)
    for (const [name, count] of Object.entries(outcomes)) {
      total.outcomes[name] = (total.outcomes[name] ?? 0) + count
    }
    total.wrong.push(...wrong)
  }
  return total
}

function randomLinks(random: () => number, count: number): string[] {
  const pieces = [
    ...[
      'perch://',
      'PERCH://',
      'perch:',
      '//',
      'chat',
      'person',
      'settings',
      '/',
      '?',
      '#',
      '..',
      '%2F',
      '%',
      '%00',
      '\0',
    ],
    ...[
      'ada_bob',
      '+4915112345678',
      '%2B4915112345678',
      '+0',
      '__proto__',
      ' ',
      '\n',
      'x'.repeat(600),
      '\u202E',
      '👩',
      '@',
      ':',
    ],
  ]
  const shapes = ['perch://chat/', 'perch://person/', 'perch://settings', 'perch://', '']
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? ''
  return Array.from({ length: count }, () => {
    const rest = Array.from({ length: Math.floor(random() * 4) }, () => pick(pieces))
    return pick(shapes) + rest.join('')
  })
}

/** Returns the links for which the parser throws or returns something that is neither null nor a valid destination. */
function parserProblems(links: readonly string[]): string[] {
  return links.filter((link) => {
    try {
      const destination = parseDeepLink(link)
      return destination !== null && !destinationSchema.safeParse(destination).success
    } catch {
      return true
    }
  })
}

/** Passes links to the running app, as a second start does. The page must receive exactly the valid links, in order. */
async function startWithLinks(launched: LaunchedApp, links: readonly string[]): Promise<string[]> {
  const expected = links
    .map((link) => findDeepLink(['perch', link]))
    .filter((found): found is Destination => found !== null)
  await launched.page.evaluate(() => {
    const received: unknown[] = []
    Reflect.set(window, 'fuzzReceived', received)
    const perch = window.perch
    if (perch === undefined) throw new Error('no bridge')
    perch.listen((event) => {
      if (event.name === 'navigate') received.push(event.payload.destination)
    })
    return perch.call(null, 'app.ready', undefined)
  })
  await launched.app.evaluate(({ app }, all) => {
    for (const link of all) app.emit('second-instance', { preventDefault() {} }, ['perch', link], '/', null)
  }, links)
  // Events and responses arrive in order: after the response to this call, all events have arrived.
  const received = await launched.page.evaluate(async () => {
    await window.perch?.call(null, 'settings.get', undefined)
    return JSON.stringify(Reflect.get(window, 'fuzzReceived'))
  })
  return received === JSON.stringify(expected) ? [] : ['the page did not receive exactly the valid links']
}

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      calls: { type: 'string' },
      links: { type: 'string' },
      starts: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  const calls = wholeNumber('calls', values.calls, 10_000)
  const links = wholeNumber('links', values.links, 10_000)
  const starts = Math.min(wholeNumber('starts', values.starts, 300), links)
  const seed = wholeNumber('seed', values.seed, Math.floor(Math.random() * 2 ** 31))
  await ensureElectron()
  await ensureBuilt()

  const directory = mkdtempSync(join(tmpdir(), 'perch-fuzz-'))
  step(`Starting the app (seed ${seed})`)
  const launched = await launchApp({
    userData: join(directory, 'profile'),
    backend: writeNoBackend(directory),
  })
  // Nobody is there to choose a file.
  await launched.app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
  })
  const pageErrors: string[] = []
  launched.page.on('pageerror', (error) => pageErrors.push(`page: ${error.message}`))
  try {
    await blockFetches(launched)
    step(`${calls} random calls`)
    const { outcomes, wrong } = await fuzzBridge(launched, seed, calls)
    for (const [outcome, count] of Object.entries(outcomes)) note(`${outcome}: ${count}`)

    step(`${links} random links`)
    const random = seededRandom(seed)
    const badLinks = parserProblems(randomLinks(random, links - starts))
    const badStarts = await startWithLinks(launched, randomLinks(random, starts))

    const alive: unknown = await launched.page.evaluate(`window.perch.call(null, 'settings.get')`)
    const survived = z.object({ ok: z.literal(true) }).safeParse(alive).success
    const problems = [...wrong, ...badLinks, ...badStarts, ...pageErrors, ...(await launched.problems())]
    for (const problem of problems.slice(0, 30)) complain(problem)
    const passed = problems.length === 0 && survived
    console.log(
      `fuzz:bridge ${passed ? 'passed' : 'FAILED'}: ${calls} calls, ${links} links (${starts} in the app), ${problems.length} problems, app ${survived ? 'alive' : 'DEAD'}, seed ${seed}`,
    )
    return passed ? 0 : 1
  } finally {
    await launched.close()
    rmSync(directory, { recursive: true, force: true })
  }
})
