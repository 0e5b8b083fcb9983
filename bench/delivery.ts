import type { Page } from 'playwright-core'
import { directChatId, type UserId } from '../src/shared/domain/ids.ts'
import type { LaunchedApp } from '../tests/support/launch.ts'
import type { Person } from '../tests/support/people.ts'
import { injectProbe, launchPage, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, percentile, type Figure } from './figures.ts'
import { PAINTED } from './pages/painting.ts'
import { recordTasks, type Recording } from './tasks.ts'

const ROUNDS = 8
/** Measurements of each kind (app, bare SDK, empty update) per round. The first round is a warm-up and not counted. */
const PER_ROUND = 12

/** Measures the time from Enter in one window to the paint in another. App and bare SDK take turns on the same emulator. */
export async function benchDelivery(context: BenchContext): Promise<Figure[]> {
  const ids = await reseed(context, { people: 4, chats: 6, messages: 24 })
  return withDemoPeople(context, [0, 1], async (from, to) => {
    await openChats(context, from, to)
    return withBarePair(context, ids, async (bare) => {
      const floor = await launchPage(context, 'chat-floor.html')
      try {
        const times = await exchange(from, to, bare, floor.page)
        return await figuresOf(times, await ownWork(from), from)
      } finally {
        await floor.close()
      }
    })
  })
}

async function openChats(context: BenchContext, from: Person, to: Person): Promise<void> {
  await from.app.openChat(to.name)
  await to.app.openChat(from.name)
  await Promise.all([from, to].map(({ app }) => injectProbe(context, app.page)))
}

interface BarePair {
  from: Page
  to: Page
}

async function withBarePair<T>(
  context: BenchContext,
  [, , third, fourth]: UserId[],
  work: (pair: BarePair) => Promise<T>,
): Promise<T> {
  if (third === undefined || fourth === undefined) throw new Error('Too few people.')
  const launched: LaunchedApp[] = []
  try {
    for (const uid of [third, fourth]) {
      const app = await launchPage(context, 'bare-sdk.html')
      launched.push(app)
      await app.page.waitForFunction(() => 'benchBare' in window)
      const chatId = directChatId(third, fourth)
      await app.page.evaluate(([backend, uid, chatId]) => window.benchBare.start(backend, uid, chatId), [
        context.backend,
        uid,
        chatId,
      ] as const)
    }
    const [from, to] = launched.map(({ page }) => page)
    if (from === undefined || to === undefined) throw new Error('No pages.')
    return await work({ from, to })
  } finally {
    await Promise.all(launched.map((app) => app.close()))
  }
}

interface Times {
  app: number[]
  bare: number[]
  ownBubble: number[]
  floorBubble: number[]
  emptyUpdate: number[]
}

/** Sends each kind separately and waits for the app's receipts in between, so that the kinds do not slow each other. */
async function exchange(from: Person, to: Person, bare: BarePair, floor: Page): Promise<Times> {
  const times = noTimes()
  let number = 0
  for (let round = 0; round < ROUNDS; round++) {
    const counted: Times = round === 0 ? noTimes() : times
    let text = ''
    for (let n = 0; n < PER_ROUND; n++) {
      number += 1
      text = textOf(number)
      const { entered, own } = await sendInApp(from, number, text)
      counted.app.push((await to.app.page.evaluate((n) => window.benchProbe.bubbleAt(n), number)) - entered)
      counted.ownBubble.push(own - entered)
    }
    await from.app.expectTick(text, 'Read')
    for (let n = 0; n < PER_ROUND; n++) {
      number += 1
      counted.bare.push(await sendBare(bare, number))
    }
    for (let n = 0; n < PER_ROUND; n++) {
      number += 1
      counted.floorBubble.push(await sendOnFloor(floor, number))
    }
    for (let n = 0; n < PER_ROUND; n++) {
      await from.app.page.keyboard.press('F9')
      counted.emptyUpdate.push(await from.app.page.evaluate(() => window.benchProbe.emptyUpdate()))
    }
  }
  return times
}

function noTimes(): Times {
  return { app: [], bare: [], ownBubble: [], floorBubble: [], emptyUpdate: [] }
}

function textOf(number: number): string {
  return `#${String(number)}# see you at the station at a quarter to seven`
}

async function sendInApp(
  { app }: Person,
  number: number,
  text: string,
): Promise<{ entered: number; own: number }> {
  await app.send(text)
  return app.page.evaluate(
    async (n) => ({ entered: window.benchProbe.keyAt(), own: await window.benchProbe.bubbleAt(n) }),
    number,
  )
}

async function sendBare({ from, to }: BarePair, number: number): Promise<number> {
  await from.evaluate((text) => window.benchBare.write(text), textOf(number))
  await from.keyboard.press('Enter')
  const entered = await from.evaluate(() => window.benchBare.keyAt())
  return (await to.evaluate((n) => window.benchBare.bubbleAt(n), number)) - entered
}

/** Returns the time from Enter to the own bubble in a conversation that has nothing else to do. */
async function sendOnFloor(page: Page, number: number): Promise<number> {
  await page.locator('textarea').fill(textOf(number))
  await page.keyboard.press('Enter')
  return page.evaluate(
    async (n) => (await window.benchChatFloor.bubbleAt(n)) - window.benchChatFloor.keyAt(),
    number,
  )
}

/** Numbers of the texts that `ownWork` sends; `exchange` uses smaller ones. */
const WORK_FROM = 10_000

/**
 * Returns for each of some texts how long the page's thread works, on the processor, from Enter until the own bubble is painted. This
 * leaves out the waiting for a processor, which two apps, the emulators and their host share.
 */
async function ownWork(from: Person): Promise<number[]> {
  const endRecording = await recordTasks(from.app.page)
  for (let n = 0; n < ROUNDS * PER_ROUND; n++) await sendInApp(from, WORK_FROM + n, textOf(WORK_FROM + n))
  return workUntilPainted(await endRecording())
}

function workUntilPainted({ tasks, marks }: Recording): number[] {
  return marks.flatMap((mark) => {
    if (mark.name !== PAINTED) return []
    const entered = marks.findLast(({ name, at }) => name === 'keydown' && at < mark.at)
    if (entered === undefined) return []
    const between = tasks.filter(({ begin, elapsed }) => begin < mark.at && begin + elapsed > entered.at)
    return [between.reduce((sum, { processor }) => sum + processor, 0)]
  })
}

async function figuresOf(times: Times, work: readonly number[], { perch }: Person): Promise<Figure[]> {
  const app = median(times.app)
  const bare = median(times.bare)
  const own = percentile(times.ownBubble, 0.95)
  const empty = percentile(times.emptyUpdate, 0.95)
  const { heap, main } = await memoryOf(perch)
  return [
    {
      name: 'send → visible on the other client, p50, over the bare SDK',
      value: app / bare,
      unit: '×',
      budget: 1.3,
      detail: `${ms(app)} against ${ms(bare)}; p95 ${ms(percentile(times.app, 0.95))} against ${ms(percentile(times.bare, 0.95))}`,
    },
    {
      name: 'Enter → own bubble painted, p95, over an empty React update',
      value: own - empty,
      unit: 'ms',
      budget: 16,
      detail: `${ms(own)} against ${ms(empty)}; p50 ${ms(median(times.ownBubble))} against ${ms(median(times.emptyUpdate))}`,
    },
    {
      name: 'the same for a plain conversation made with the same libraries: the floor',
      value: percentile(times.floorBubble, 0.95) - empty,
      unit: 'ms',
      budget: null,
      detail: `${ms(percentile(times.floorBubble, 0.95))}; p50 ${ms(median(times.floorBubble))}`,
    },
    {
      name: 'work of the page from Enter until its own bubble is painted, p95, on the processor',
      value: percentile(work, 0.95),
      unit: 'ms',
      budget: null,
      detail: `p50 ${ms(median(work))}; what is missing to the time above is waiting for a processor or for the next frame`,
    },
    { name: 'JavaScript heap of the page, with a chat open', value: heap, unit: 'MB', budget: null },
    { name: 'memory of the main process', value: main, unit: 'MB', budget: null },
  ]
}

async function memoryOf({ app, page }: LaunchedApp): Promise<{ heap: number; main: number }> {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  const rss = await app.evaluate(() => process.memoryUsage().rss)
  return { heap: usedSize / 1e6, main: rss / 1e6 }
}
