/** The app lock: what is hidden and refused while it is closed, and what goes on all the same. */
import { expect, test } from '@playwright/test'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bridgeOf } from '../support/remote-bridge.ts'
import { signUp, type Person } from '../support/people.ts'

const PIN = 'tulip-4917'
const SECRET = 'The spare key is under the pot'

let ada: Person
let ben: Person
/** Problems that a test causes on purpose. */
let expectedProblems: string[] = []

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh' })])
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send(SECRET)
  await ben.app.openChat(ada.name)
  await ada.app.expectTick(SECRET, 'Read')
})
test.afterEach(async () => {
  expect(await ada.perch.problems()).toEqual([])
  expect(await ben.perch.problems()).toEqual(expectedProblems)
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
})

const call = (method: string, args?: unknown): Promise<unknown> =>
  ben.app.page.evaluate(([name, value]) => window.perch?.call(null, name, value), [method, args] as const)

/** Asks for a file that is not here, as the page does. */
const statusOfFile = (): Promise<number> =>
  ben.perch.app.evaluate(
    async ({ session }, url) => (await session.defaultSession.fetch(url)).status,
    `app://media/${'0'.repeat(64)}?type=image%2Fpng`,
  )

const lockScreen = () => ben.app.page.getByRole('heading', { name: 'Perch is locked' })
const pinField = () => ben.app.page.getByLabel('PIN', { exact: true })

async function enter(pin: string): Promise<void> {
  await pinField().fill(pin)
  await pinField().press('Enter')
}

/** Everything that is in the page: elements with their attributes, titles, and what a screen reader gets. */
async function everythingInPage(): Promise<string> {
  const { page } = ben.app
  const html = await page.evaluate(() => document.body.outerHTML + document.title)
  return html + (await page.locator('body').ariaSnapshot())
}

async function expectHidden(): Promise<void> {
  await expect(lockScreen()).toBeVisible()
  const all = await everythingInPage()
  for (const word of [SECRET, 'Ada', 'Quill', 'Marsh', 'data-chat-id']) expect(all).not.toContain(word)
}

test('is turned on with a PIN that is typed twice', async () => {
  const { page } = ben.app
  await ben.app.openSettings('Privacy')
  await ben.app.button('Lock Perch with a PIN').click()
  await page.getByLabel('New PIN', { exact: true }).fill(PIN)
  await page.getByLabel('New PIN again').fill(PIN)
  await ben.app.button('Save').click()
  await expect(ben.app.button('Change PIN')).toBeVisible()
  await ben.app.button('Chats').click()
  await ben.app.openChat(ada.name)
})

test('locked, the page contains nothing of a chat, and main refuses what would tell', async () => {
  const { page } = ben.app
  await ben.app.composer.fill('Half a sentence')
  await page.keyboard.press('ControlOrMeta+l')
  await expectHidden()
  expect(await page.title()).toBe('Perch')
  const bridge = await bridgeOf(page)
  const locked = { code: 'locked' }
  const search = { text: 'key', chatId: null, limit: 10 }
  await expect(bridge.call('replica.search', search)).rejects.toMatchObject(locked)
  await expect(bridge.call('voice.recordings')).rejects.toMatchObject(locked)
  await expect(bridge.call('storage.usage')).rejects.toMatchObject(locked)
  expect(await call('settings.set', { lockAfter: null })).toMatchObject({ error: locked })
  expect(await call('lock.removePin', { pin: PIN })).toMatchObject({ error: locked })
  expect(await statusOfFile()).toBe(403)
})

test('messages still arrive, and nothing outside the page tells whose they are', async () => {
  await ada.app.send('Are you there?')
  await ada.app.expectTick('Are you there?', 'Delivered')
  await expect
    .poll(async () => (await ben.perch.notifications()).at(-1))
    .toMatchObject({ title: 'Perch', body: 'New message', open: true })
  expect(await ben.perch.badge()).toBe(1)
  const tray = await ben.perch.tray()
  expect(tray?.menu.map(({ label }) => label)).not.toContain('Lock Perch')
  expect(JSON.stringify(tray?.menu)).not.toContain('Ada')
  await expectHidden()
})

test('a click on the notification waits for the PIN, then opens the chat; the draft is still there', async () => {
  await ben.perch.clickNotification()
  await expectHidden()
  await enter(PIN)
  await expect(ben.app.bubble('Are you there?')).toBeVisible()
  await expect(ben.app.composer).toHaveValue('Half a sentence')
  expect(await statusOfFile()).toBe(404)
  expect((await ben.perch.tray())?.menu.map(({ label }) => label)).toContain('Lock Perch')
})

test('locks with the system, when idle, and from the tray', async () => {
  await ben.perch.power('suspend')
  await expectHidden()
  await ben.perch.power('resume')
  await enter(PIN)
  await expect(ben.app.composer).toBeVisible()
  await ben.perch.idleFor(15 * 60)
  await expectHidden()
  await ben.perch.idleFor(0)
  await enter(PIN)
  await expect(ben.app.composer).toBeVisible()
  await ben.perch.clickTrayItem('Lock Perch')
  await expectHidden()
})

test('wrong PINs are slowed down, also over a restart, and the app starts locked', async () => {
  test.setTimeout(120_000)
  for (const wait of [1, 1, 5, 15]) {
    await expect(ben.app.button('Unlock')).toBeVisible()
    await enter('0000')
    await expect(ben.app.page.getByText(`Try again in ${String(wait)} second`)).toBeVisible()
  }
  await ben.perch.kill()
  await ben.start()
  await expectHidden()
  await expect(ben.app.page.getByRole('button', { name: /^Try again in 0:\d\d$/u })).toBeVisible()
  expect(await call('lock.unlock', { pin: PIN })).toMatchObject({ value: { outcome: 'wait' } })
  await expectHidden()
  await expect(ben.app.button('Unlock')).toBeVisible({ timeout: 20_000 })
  await enter(PIN)
  await expect(ben.app.chatRow(ada.name)).toBeVisible()
})

/** The browser may remove files of its caches meanwhile. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if (existsSync(file)) throw error
    return Buffer.alloc(0)
  }
}

test('the PIN is in no file of the profile', async () => {
  const found = filesIn(ben.userData).filter((file) => {
    const bytes = contentOf(file)
    return bytes.includes(PIN) || bytes.includes(Buffer.from(PIN, 'utf16le'))
  })
  expect(found).toEqual([])
  // Nor is there anything that the next start would show before it knows of the lock.
  expect(await ben.app.page.evaluate(() => Object.keys(localStorage).join())).not.toContain('perch.list')
  expect(readFileSync(join(ben.userData, 'lock.json'), 'utf8')).toContain('"sealed":true')
})

test('who has forgotten the PIN can only sign out, and nothing is left', async () => {
  await ben.app.page.keyboard.press('ControlOrMeta+l')
  await expectHidden()
  await ben.app.button('Forgot your PIN?').click()
  await ben.app.button('Sign out and delete').click()
  await expect(ben.app.page.getByRole('heading', { name: 'Welcome to Perch' })).toBeVisible()
  expect(filesIn(join(ben.userData, 'replicas'))).toEqual([])
  expect(filesIn(ben.userData).filter((file) => file.endsWith('lock.json'))).toEqual([])
  await ben.quit()
  await ben.start()
  await expect(ben.app.page.getByRole('heading', { name: 'Welcome to Perch' })).toBeVisible()
  await ben.signIn({ isKnown: true })
  await expect(ben.app.chatRow(ada.name)).toBeVisible()
})

test('a page that hangs while the app is locked is ended, and starts locked', async () => {
  const { perch } = ben
  await call('lock.setPin', { pin: '2580', current: null })
  const reloaded = perch.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise((done) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('render-process-gone', () => contents.once('did-finish-load', () => done(true)))
      }),
  )
  const hanging = perch.page.evaluate(() => {
    for (;;);
  })
  hanging.catch(() => undefined)
  await perch.power('lock-screen')
  expect(await reloaded).toBe(true)
  const heading = (): Promise<unknown> =>
    perch.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        "document.querySelector('form input[type=password]') !== null && document.querySelector('h1')?.textContent",
      ),
    )
  await expect.poll(heading).toBe('Perch is locked')
  expectedProblems = ['renderer gone: crashed']
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
}
