import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { LaunchedApp } from '../tests/support/launch.ts'
import type { Person } from '../tests/support/people.ts'
import { bridgeOf } from '../tests/support/remote-bridge.ts'
import { launchPage, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, type Figure } from './figures.ts'
import { APP_ROW, notePaint, ROW } from './paint.ts'

const CHATS = 500
const STARTS = 7

/** Measures the time from process start to the painted list, relative to a window with one word. The starts take turns. */
export async function benchStart(context: BenchContext): Promise<Figure[]> {
  await reseed(context, { people: CHATS + 1, chats: CHATS, messages: 2 })
  return withDemoPeople(context, [0], async (person) => {
    await untilSynced(person, CHATS)
    return await coldStarts(context, person, `${String(CHATS)} chats`)
  })
}

/**
 * Quits the person's app, then starts it, an empty window, and a window with a plain list made with the same libraries, in turn.
 * `what`: what the list contains.
 */
export async function coldStarts(context: BenchContext, person: Person, what: string): Promise<Figure[]> {
  const profile = mkdtempSync(join(tmpdir(), 'perch-bench-empty-'))
  try {
    await untilSnapshot(person)
    await person.quit()
    const painted: number[] = []
    const rendered: number[] = []
    const empty: number[] = []
    const floor: number[] = []
    // The first starts fill caches and do not count.
    for (let n = 0; n <= STARTS; n++) {
      const emptyTime = await startPage(context, profile, 'empty.html', 'main')
      const floorTime = await startPage(context, profile, 'list-floor.html', ROW)
      const listTimes = await startPerch(person)
      await person.quit()
      if (n === 0) continue
      empty.push(emptyTime)
      floor.push(floorTime)
      painted.push(listTimes.painted)
      rendered.push(listTimes.rendered)
    }
    return [
      {
        name: `cold start to painted list, ${what}, p50, over an empty window`,
        value: median(painted) / median(empty),
        unit: '×',
        budget: 1.3,
        detail: `${ms(median(painted))} against ${ms(median(empty))}; a click on a chat counts from here on`,
      },
      {
        name: 'the same until the app has rendered it',
        value: median(rendered) / median(empty),
        unit: '×',
        budget: null,
        detail: ms(median(rendered)),
      },
      {
        name: 'the same for a plain list made with the same libraries',
        value: median(floor) / median(empty),
        unit: '×',
        budget: null,
        detail: ms(median(floor)),
      },
    ]
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Resolves when the replica has this many chats and all their messages, and the outbox is empty. */
export async function untilSynced({ app: { page } }: Person, chats: number): Promise<void> {
  const bridge = await bridgeOf(page)
  const isSynced = async (): Promise<boolean> => {
    const known = await bridge.call('replica.chats')
    const reached = (await bridge.call('replica.syncCursors')).chats ?? 0
    const pending = await bridge.call('outbox.pending')
    const isRead = known.every(({ updatedAt }) => updatedAt <= reached)
    return known.length >= chats && isRead && pending.length === 0
  }
  await expect.poll(isSynced, { timeout: 120_000 }).toBe(true)
}

/** Resolves when the app has stored what the next start paints first. */
async function untilSnapshot({ app: { page } }: Person): Promise<void> {
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('perch.list.')))
}

/** Times from process start, in ms. */
interface StartTimes {
  /** The list is painted. */
  painted: number
  /** The app has rendered the list. */
  rendered: number
}

/** Starts the person's app. */
export async function startPerch(
  person: Person,
  prepare?: (app: LaunchedApp) => Promise<void>,
): Promise<StartTimes> {
  const started = Date.now()
  await person.start({ window: false })
  await prepare?.(person.perch)
  const [painted = Number.NaN, rendered = Number.NaN] = await paintsOf(person.perch, [ROW, APP_ROW])
  return { painted: painted - started, rendered: rendered - started }
}

/** Starts a window with one of the benchmark's pages. Returns the time from process start until the element is painted, in ms. */
async function startPage(
  context: BenchContext,
  userData: string,
  page: string,
  selector: string,
): Promise<number> {
  const started = Date.now()
  const launched = await launchPage(context, page, { userData, window: false })
  try {
    const [painted = Number.NaN] = await paintsOf(launched, [selector])
    return painted - started
  } finally {
    await launched.close()
  }
}

/** Returns when the first element that matches each selector was painted, in ms since the epoch. In the order of `selectors`. */
async function paintsOf(launched: LaunchedApp, selectors: readonly string[]): Promise<number[]> {
  await launched.app.context().addInitScript(notePaint, selectors)
  const page = await launched.firstPage()
  // A page that loaded before the init script was added does not run it.
  await page.evaluate(notePaint, selectors)
  const found = await page.waitForFunction(
    (wanted) => {
      const times = wanted.flatMap((selector) => window.benchPaintedAt?.[selector] ?? [])
      return times.length === wanted.length && times
    },
    selectors,
    { timeout: 20_000 },
  )
  return (await found.jsonValue()) || []
}
