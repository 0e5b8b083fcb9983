/** Two people: the list of transfers, the progress on the taskbar, and the space that files take. Storage is behind a proxy. */
import { expect, test, type Locator } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signUp, testBackend, type Person } from '../support/people.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

const PLAN = { name: 'plan.bin', mimeType: 'application/octet-stream', buffer: randomBytes(6_000_000) }

let folder: string
let storage: TcpProxy
let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  const { firebase, emulator } = testBackend()
  storage = await startTcpProxy(emulator?.storagePort ?? 0)
  folder = mkdtempSync(join(tmpdir(), 'perch-transfers-'))
  const backend = join(folder, 'backend.json')
  writeFileSync(backend, JSON.stringify({ firebase, emulator: { ...emulator, storagePort: storage.port } }))
  ;[ada, ben] = await Promise.all([
    signUp({ name: 'Ada Quill', backend }),
    signUp({ name: 'Ben Marsh', backend }),
  ])
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('A plan follows')
  await ben.app.openChat(ada.name)
})
test.afterEach(async () => {
  expect(await ada.perch.problems()).toEqual([])
  expect(await ben.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
  await storage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const item = ({ app }: Person): Locator =>
  app.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /file/u })
const list = ({ app }: Person): Locator => app.page.getByRole('dialog', { name: 'Files on their way' })
const isSettled = async ({ perch }: Person): Promise<boolean> =>
  (await perch.window.progress()).at(-1)?.value === -1

test('an upload is listed, waits without the network, and can be paused', async () => {
  storage.cut()
  await ada.app.page.locator('[data-pick="files"]').setInputFiles([PLAN])
  const send = ada.app.page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true })
  await expect(send).not.toHaveAttribute('aria-disabled')
  await send.click()
  await item(ada).click()
  await expect(item(ada)).toHaveAccessibleName('1 file on its way')
  await expect(list(ada)).toContainText('plan')
  await expect(list(ada)).toContainText('Waiting to send')
  await list(ada).getByRole('button', { name: 'Pause' }).click()
  await expect(list(ada)).toContainText('Paused')

  storage.restore()
  await list(ada).getByRole('button', { name: 'Continue' }).click()
  await expect(list(ada)).toContainText('No files are on their way any more.')
  await ada.app.page.keyboard.press('Escape')
  await expect(item(ada)).toHaveCount(0)
  await expect.poll(() => isSettled(ada)).toBe(true)
  const values = (await ada.perch.window.progress()).map(({ value }) => value)
  expect(values).toContain(1)
  await expect(ben.app.messages.getByText('plan', { exact: true })).toBeVisible()
})

test('a download that fails can be tried again from the list', async () => {
  storage.cut()
  await ben.app.messages.getByRole('button', { name: /Download file/u }).click()
  await expect(item(ben)).toHaveAccessibleName('1 file couldn’t be downloaded')
  await item(ben).click()
  await expect(list(ben)).toContainText('Couldn’t download.')

  storage.restore()
  await list(ben).getByRole('button', { name: 'Try again' }).click()
  await expect(list(ben)).toContainText('No files are on their way any more.')
  await ben.app.page.keyboard.press('Escape')
  await expect(item(ben)).toHaveCount(0)
  await expect(ben.app.messages.getByRole('button', { name: /Open file/u })).toBeVisible()
})

test('space is freed, and the file can be downloaded again', async () => {
  await ben.app.openSettings('Storage and data')
  const section = ben.app.page.getByRole('main')
  await expect(section).toContainText(/6 MB\W* on this computer/u)
  await ben.app.button('Free up space').click()
  await expect(ben.app.page.getByText(/^Freed \W*6 MB/u)).toBeVisible()
  await expect(section).toContainText('No chat has files on this computer.')

  await ben.app.button('Back').first().click()
  await ben.app.messages.getByRole('button', { name: /Download file/u }).click()
  await expect(ben.app.messages.getByRole('button', { name: /Open file/u })).toBeVisible()
})

test('a file that is kept stays', async () => {
  await ben.app.openSettings('Storage and data')
  const chats = ben.app.page.getByRole('region', { name: 'Chats' }).last()
  await chats.getByRole('button', { name: ada.name }).first().click()
  const files = ben.app.page.getByRole('dialog', { name: ada.name })
  await files.getByRole('button', { name: 'Keep' }).click()
  await expect(files.getByRole('button', { name: 'Keep' })).toHaveAttribute('aria-pressed', 'true')
  await ben.app.page.keyboard.press('Escape')
  await ben.app.page.getByRole('button', { name: /^Clear/u }).click()
  await expect(ben.app.page.getByText('Nothing to free here.')).toBeVisible()
})
