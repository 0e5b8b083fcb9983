import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { ensureChromium } from '../scripts/lib/chromium.ts'
import { root } from '../scripts/lib/paths.ts'
import {
  answersOf,
  installBridge,
  originOf,
  serve,
  storageWithList,
  withoutServer,
} from '../tests/support/built-page.ts'
import { ME, MY_PHONE } from '../tests/support/gallery/people.ts'
import type { BenchContext } from './context.ts'
import { median, ms, type Figure } from './figures.ts'
import { APP_ROW, notePaint, ROW } from './paint.ts'

const CHATS = 500
const LOADS = 15

/**
 * Measures the page without the app around it: the built page in plain Chromium, with a bridge that answers at once. Compares
 * it with an empty page and with a plain list; the pages take turns.
 */
export async function benchPageAlone({ backend, pages }: BenchContext): Promise<Figure[]> {
  const servers = await Promise.all([serve(join(root, 'out/renderer')), serve(pages)])
  const [app, bench] = servers.map(originOf)
  const browser = await chromium.launch({ executablePath: await ensureChromium() })
  const painted: number[] = []
  const rendered: number[] = []
  const empty: number[] = []
  const floor: number[] = []
  try {
    const answers = answersOf(backend, CHATS)
    const stored = await storageAfterStart(browser, `${app}/index.html`, answers)
    // The first loads fill caches and do not count.
    for (let n = 0; n <= LOADS; n++) {
      const emptyTime = await load(browser, `${bench}/empty.html`, 'main', answers)
      const floorTime = await load(browser, `${bench}/list-floor.html`, ROW, answers)
      const paintedTime = await load(browser, `${app}/index.html`, ROW, answers, stored)
      const renderedTime = await load(browser, `${app}/index.html`, APP_ROW, answers, stored)
      if (n === 0) continue
      empty.push(emptyTime)
      floor.push(floorTime)
      painted.push(paintedTime)
      rendered.push(renderedTime)
    }
  } finally {
    await browser.close()
    for (const server of servers) server.close()
  }
  return [
    {
      name: 'page alone: navigation to painted list, 500 chats, p50, over an empty page',
      value: median(painted) / median(empty),
      unit: '×',
      budget: 3,
      detail: `${ms(median(painted))} against ${ms(median(empty))}, in Chromium without a host`,
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
}

type Stored = { name: string; value: string }[]

const signedIn: Stored = [
  { name: 'perch.session', value: JSON.stringify({ uid: ME, phoneNumber: MY_PHONE }) },
]

/** Opens an empty page in a new context, whose local storage has these values for the URL. The caller closes the page's context. */
async function blankPage(
  browser: Browser,
  url: string,
  answers: ReadonlyMap<string, string>,
  localStorage: Stored,
): Promise<Page> {
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [{ origin: new URL(url).origin, localStorage }] },
  })
  await context.addInitScript(installBridge, Object.fromEntries(answers))
  return context.newPage()
}

/** Returns the time from the start of the navigation to the paint of the element, in ms. */
async function load(
  browser: Browser,
  url: string,
  selector: string,
  answers: ReadonlyMap<string, string>,
  stored = signedIn,
): Promise<number> {
  const page = await blankPage(browser, url, answers, stored)
  try {
    await page.addInitScript(notePaint, [selector])
    await page.goto(url, { waitUntil: 'commit' })
    const taken = await page.waitForFunction((row) => {
      const at = window.benchPaintedAt?.[row]
      return at && at - performance.timeOrigin
    }, selector)
    return (await taken.jsonValue()) ?? Number.NaN
  } finally {
    await page.context().close()
  }
}

/** Returns what the local storage contains after a start: also what the next start paints first. */
async function storageAfterStart(
  browser: Browser,
  url: string,
  answers: ReadonlyMap<string, string>,
): Promise<Stored> {
  const page = await blankPage(browser, url, answers, signedIn)
  try {
    await withoutServer(page)
    await page.goto(url)
    return await storageWithList(page)
  } finally {
    await page.context().close()
  }
}
