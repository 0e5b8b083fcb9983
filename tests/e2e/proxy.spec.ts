/** The app behind a proxy that wants a password: everything goes through it, and without it nothing goes at all. */
import { expect, test } from '@playwright/test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { existingDocuments } from '../../scripts/lib/emulator-rest.ts'
import { root } from '../../scripts/lib/paths.ts'
import { startForwardProxy, type ForwardProxy } from '../support/forward-proxy.ts'
import { meet, testBackend, type Person } from '../support/people.ts'
import { startPushBackend, untilPushed, type PushBackend } from '../support/push-backend.ts'
import { bridgeOf } from '../support/remote-bridge.ts'
import { writeChat, writtenMessage } from '../support/written-chat.ts'

type Server = 'auth' | 'firestore' | 'storage' | 'functions' | 'fcm' | 'mcs'

const credentials = { user: 'ada', password: 'open sesame' }
let folder: string
let backend: PushBackend
let proxy: ForwardProxy<Server>
let ada: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(240_000)
  backend = await startPushBackend(60)
  const { emulator, ...rest } = testBackend()
  if (emulator?.push === undefined) throw new Error('The backend has no push.')
  const { authPort, firestorePort, storagePort, push } = emulator
  const { functionsPort, fcmPort, mcsPort } = push
  proxy = await startForwardProxy({
    credentials,
    servers: {
      auth: authPort,
      firestore: firestorePort,
      storage: storagePort,
      functions: functionsPort,
      fcm: fcmPort,
      mcs: mcsPort,
    },
  })
  const { door } = proxy
  folder = mkdtempSync(join(tmpdir(), 'perch-proxy-'))
  const file = join(folder, 'backend.json')
  const ports = {
    authPort: door('auth'),
    firestorePort: door('firestore'),
    storagePort: door('storage'),
  }
  const pushPorts = { functionsPort: door('functions'), fcmPort: door('fcm'), mcsPort: door('mcs') }
  writeFileSync(
    file,
    JSON.stringify({ ...rest, emulator: { ...emulator, ...ports, push: { ...push, ...pushPorts } } }),
  )
  ada = await meet({ name: 'Ada Quill', backend: file, env: { ELECTRON_HOST_PROXY: '1' } })
})
test.afterEach(async () => {
  expect(proxy.direct()).toEqual([])
  // Chromium itself may ask for servers of Google.
  expect(proxy.strange().filter((address) => address.startsWith('127.'))).toEqual([])
  expect(await ada.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await proxy?.stop()
  await backend?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The form is the same before and after signing in. */
async function useProxy(page: Page, password: string): Promise<void> {
  await page.getByRole('radio', { name: 'Use this proxy' }).check()
  await page.getByLabel('Server').fill('127.0.0.1')
  await page.getByLabel('Port', { exact: true }).fill(String(proxy.port))
  await page.getByLabel('User name').fill(credentials.user)
  await page.getByLabel('Password').fill(password)
}

test('a person sets and tests the proxy before signing in', async () => {
  const { page } = ada.app
  await ada.app.button('Network settings').click()
  await page.getByRole('radio', { name: 'Use this proxy' }).check()
  await ada.app.button('Save').click()
  await expect(page.getByText('Enter a number from 1 to 65535.')).toBeVisible()
  await useProxy(page, 'guessed')
  await ada.app.button('Test').click()
  await expect(page.getByText('The proxy doesn’t accept this user name and password.')).toBeVisible()
  await useProxy(page, credentials.password)
  await ada.app.button('Test').click()
  await expect(page.getByText('The proxy works.')).toBeVisible()
  await ada.app.button('Save').click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.keyboard.press('Escape')
  const settings = readFileSync(join(ada.userData, 'settings.json'), 'utf8')
  expect(settings).toContain(String(proxy.port))
  expect(settings).not.toContain(credentials.password)
  expect(readFileSync(join(ada.userData, 'proxy-password')).includes(credentials.password)).toBe(false)
})

test('signing in, texts, photos and pushes go through the proxy, and through nothing else', async () => {
  test.setTimeout(240_000)
  await ada.signIn()
  const phone = `phones/${ada.phone}`
  await expect
    .poll(async () => (await existingDocuments(testBackend(), [phone])).has(phone), { timeout: 30_000 })
    .toBe(true)
  const id = await ada.app.page.evaluate(() => {
    const session: unknown = JSON.parse(localStorage.getItem('perch.session') ?? '{}')
    return typeof session === 'object' && session !== null && 'uid' in session ? String(session.uid) : ''
  })
  await writeChat(id, { messages: (stranger) => [writtenMessage(stranger, { kind: 'text', text: 'Hi' })] })
  await ada.app.openChat('Stranger')
  await ada.app.send('Through the wall')
  await ada.app.expectTick('Through the wall', 'Sent')
  await ada.app.page
    .locator('[data-pick="pictures"]')
    .setInputFiles([join(root, 'scripts/demo-media/cake.webp')])
  const send = ada.app.page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true })
  await expect(send).not.toHaveAttribute('aria-disabled')
  await send.click()
  await expect
    .poll(async () => (await (await bridgeOf(ada.app.page)).call('outbox.pending')).length, {
      timeout: 60_000,
    })
    .toBe(0)
  await untilPushed(ada)
  for (const [server, count] of proxy.through()) expect(count, server).toBeGreaterThan(0)
})

test('without the proxy nothing goes past it, and the person learns why', async () => {
  test.setTimeout(180_000)
  const before = proxy.through()
  proxy.down()
  await ada.app.send('Anybody there?')
  const notice = ada.app.page.getByText(
    new RegExp(`The proxy .*127.0.0.1:${proxy.port}.* does not answer`, 'u'),
  )
  await expect(notice).toBeVisible({ timeout: 60_000 })
  expect(proxy.through()).toEqual(before)
  await ada.app.button('Network settings').click()
  await expect(ada.app.page.getByLabel('Password')).toHaveAttribute('placeholder', 'Unchanged')
  await proxy.up()
  await expect(notice).toBeHidden({ timeout: 60_000 })
  await expect
    .poll(() => proxy.through().get('mcs'), { timeout: 60_000 })
    .toBeGreaterThan(before.get('mcs') ?? 0)
  await ada.app.page.keyboard.press('Escape')
  await ada.app.expectTick('Anybody there?', 'Sent')
})
