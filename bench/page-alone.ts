import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { ensureChromium } from '../scripts/lib/chromium.ts'
import { root } from '../scripts/lib/paths.ts'
import { APP_HOST, APP_SCHEME, assetOf } from '../src/main/security/security-policy.ts'
import type { MethodName, Result } from '../src/shared/bridge/index.ts'
import { defaultPrivacy } from '../src/shared/domain/account.ts'
import { directChatId, userIdSchema } from '../src/shared/domain/ids.ts'
import { activity } from '../src/shared/domain/test-data.ts'
import { defaultSettings } from '../src/shared/settings.ts'
import { listedChat, ME, MY_PHONE, person } from '../tests/support/gallery/people.ts'
import type { BenchContext } from './context.ts'
import { median, ms, type Figure } from './figures.ts'
import { notePaint, ROW } from './paint.ts'

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
  const list: number[] = []
  const empty: number[] = []
  const floor: number[] = []
  try {
    const answers = answersOf(backend)
    // The first loads fill caches and do not count.
    for (let n = 0; n <= LOADS; n++) {
      const emptyTime = await load(browser, `${bench}/empty.html`, 'main', answers)
      const floorTime = await load(browser, `${bench}/list-floor.html`, ROW, answers)
      const listTime = await load(browser, `${app}/index.html`, ROW, answers)
      if (n === 0) continue
      empty.push(emptyTime)
      floor.push(floorTime)
      list.push(listTime)
    }
  } finally {
    await browser.close()
    for (const server of servers) server.close()
  }
  return [
    {
      name: 'page alone: navigation to painted list, 500 chats, p50, over an empty page',
      value: median(list) / median(empty),
      unit: '×',
      budget: 3,
      detail: `${ms(median(list))} against ${ms(median(empty))}, in Chromium without a host`,
    },
    {
      name: 'the same for a plain list made with the same libraries: the floor',
      value: median(floor) / median(empty),
      unit: '×',
      budget: null,
      detail: `${ms(median(floor))}; Perch takes ${(median(list) / median(floor)).toFixed(2)} × as long`,
    },
  ]
}

/** What main answers at the start of a person with many chats. */
function answersOf(backend: BenchContext['backend']): Map<string, string> {
  const peers = Array.from({ length: CHATS }, (_, n) => userIdSchema.parse(`peer${String(n)}`))
  const answers: { [M in MethodName]?: Result<M> } = {
    'app.info': { version: '0', platform: 'linux', backend },
    'settings.get': defaultSettings,
    'replica.open': { setAside: null },
    'replica.account': {
      profile: { displayName: 'Ada', about: '' },
      privacy: defaultPrivacy,
      photo: null,
    },
    'replica.chats': peers.map((peer, n) => listedChat(peer, { ago: n * 60_000, own: n % 2 === 0 })),
    'replica.people': peers.map((peer, n) => person(peer, `Person ${String(n)}`)),
    'replica.activities': peers.map((peer) => activity(peer, { chatId: directChatId(ME, peer) })),
  }
  return new Map(Object.entries(answers).map(([method, value]) => [method, JSON.stringify(value)]))
}

/** Loads a page in a new context. Returns the time from the start of the navigation to the paint of the element, in ms. */
async function load(
  browser: Browser,
  url: string,
  selector: string,
  answers: ReadonlyMap<string, string>,
): Promise<number> {
  const lastUser = JSON.stringify({ uid: ME, phoneNumber: MY_PHONE })
  const localStorage = [{ name: 'perch.session', value: lastUser }]
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [{ origin: new URL(url).origin, localStorage }] },
  })
  try {
    await context.addInitScript(installBridge, Object.fromEntries(answers))
    await context.addInitScript(notePaint, selector)
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'commit' })
    const taken = await page.waitForFunction(
      () => window.benchUsableAt && window.benchUsableAt - performance.timeOrigin,
    )
    return (await taken.jsonValue()) ?? Number.NaN
  } finally {
    await context.close()
  }
}

/** Runs in the page: a bridge with these answers (JSON by method). Any other call waits forever, so nothing ends the session. */
function installBridge(answers: Readonly<Record<string, string>>): void {
  window.perch = {
    listen: () => () => undefined,
    async call(_account, method) {
      const answer = answers[method]
      if (answer === undefined) await new Promise(() => undefined)
      return { ok: true, value: JSON.parse(answer ?? 'null') }
    },
  }
}

/** Serves a folder on a free port. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const asset = assetOf(folder, `${APP_SCHEME}://${APP_HOST}${request.url ?? ''}`)
    const sent = asset && readFile(asset.file).then((body) => ({ body, type: asset.contentType }))
    Promise.resolve(sent)
      .then((file) => {
        if (file === null) response.writeHead(404).end()
        else response.writeHead(200, { 'content-type': file.type }).end(file.body)
      })
      .catch(() => response.writeHead(404).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function originOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `http://127.0.0.1:${String(address.port)}`
}
