/** The built page with a bridge of the test: what a start paints before the app's code has loaded, and before main has answered. */
import { join } from 'node:path'
import type { Server } from 'node:http'
import { expect, test, chromium, type Browser, type Page } from '@playwright/test'
import { ensureChromium } from '../../scripts/lib/chromium.ts'
import { root } from '../../scripts/lib/paths.ts'
import { appPolicy } from '../../src/main/security/security-policy.ts'
import {
  answersOf,
  installBridge,
  originOf,
  serve,
  storageWithList,
  withoutServer,
} from '../support/built-page.ts'
import { ME, MY_PHONE } from '../support/gallery/people.ts'
import { noBackend } from '../support/no-backend.ts'

const session = { name: 'perch.session', value: JSON.stringify({ uid: ME, phoneNumber: MY_PHONE }) }
const answers = answersOf(noBackend, 30)
let server: Server
let browser: Browser

test.beforeAll(async () => {
  server = await serve(join(root, 'out/renderer'), { 'content-security-policy': appPolicy(noBackend) })
  browser = await chromium.launch({ executablePath: await ensureChromium() })
})
test.afterAll(async () => {
  await browser.close()
  server.close()
})

/** Opens the page with what an earlier start has stored. `bridge`: what main answers; a method that is missing never returns. */
async function open(
  localStorage: { name: string; value: string }[],
  bridge: ReadonlyMap<string, string>,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<Page> {
  const origin = originOf(server)
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [{ origin, localStorage }] },
    viewport: { width: 1000, height: 700 },
  })
  await context.addInitScript(installBridge, Object.fromEntries(bridge))
  const page = await context.newPage()
  await prepare(page)
  await page.goto(`${origin}/index.html`)
  return page
}

/** What the start of a signed-in person stores. */
async function storedList(): Promise<string> {
  const page = await open([session], answers, withoutServer)
  const stored = await storageWithList(page)
  await page.context().close()
  return stored.find(({ name }) => name === `perch.list.${ME}`)?.value ?? ''
}

test('a start paints the list of the last one, and a click on a chat opens it when the app has rendered', async () => {
  const stored = { name: `perch.list.${ME}`, value: await storedList() }
  const page = await open([session, stored], new Map())
  const snapshot = page.locator('#list-snapshot')
  await expect(snapshot.getByText('Person 3', { exact: true })).toBeVisible()
  await expect(snapshot).toHaveAttribute('inert', '')
  const row = snapshot.locator('[data-chat-id]').nth(3)
  const place = await row.boundingBox()
  expect(place?.width).toBeGreaterThan(200)
  // As wide and as high as in the living list: the styles are there.
  expect(place?.height).toBe(64)
  await page.context().close()

  const slow = await open([session, stored], new Map())
  await slow.locator('#list-snapshot').waitFor()
  await slow.mouse.click((place?.x ?? 0) + 50, (place?.y ?? 0) + 20)
  await slow.evaluate((all) => window.answerNow?.(all), Object.fromEntries(answers))
  await expect(slow.locator('#root [data-chat-id]').first()).toBeVisible()
  await expect(slow.locator('#list-snapshot')).toHaveCount(0)
  await expect(slow.locator('#root [aria-current=true]')).toHaveText(/Person 3/u)
  await slow.context().close()
})

test('nobody else’s list is painted', async () => {
  const page = await open([session, { name: 'perch.list.ben', value: await storedList() }], new Map())
  await page.locator('main[aria-busy]').waitFor()
  await expect(page.locator('[data-chat-id]')).toHaveCount(0)
  await page.context().close()
})

test('scripts in a stored list do not run', async () => {
  const value = `<div data-chat-id="x">Row<img src="x" onerror="document.title='run'"><script>document.title='run'</script></div>`
  const page = await open([session, { name: `perch.list.${ME}`, value }], new Map())
  await expect(page.locator('#list-snapshot')).toHaveText('Row')
  expect(await page.locator('#list-snapshot').innerHTML()).toBe(
    '<div data-chat-id="x">Row<img src="x"></div>',
  )
  await expect(page).toHaveTitle('Perch')
  await page.context().close()
})

test('the list is deleted when the session ends, and not stored again while the person is being signed out', async () => {
  const stored = { name: `perch.list.${ME}`, value: await storedList() }
  // Firebase has no session for this person. Main never answers the call that erases their data, so the list stays on screen.
  const page = await open([session, stored], answers)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('perch.session'))).toBeNull()
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
  expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain(stored.name)
  await page.context().close()
})
