/** No message is lost or sent twice when the server is unreachable, or when the app is restarted or killed. */
import { expect, test } from '@playwright/test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CALL_CHANNEL } from '../../src/shared/bridge/channels.ts'
import { signUp, testBackend, type Person } from '../support/people.ts'
import { bridgeOf } from '../support/remote-bridge.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

let folder: string
let wire: TcpProxy
/** Connects through the proxy. */
let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  const { firebase, emulator } = testBackend()
  wire = await startTcpProxy(emulator?.firestorePort ?? 0)
  folder = mkdtempSync(join(tmpdir(), 'perch-offline-'))
  const backend = join(folder, 'backend.json')
  writeFileSync(backend, JSON.stringify({ firebase, emulator: { ...emulator, firestorePort: wire.port } }))
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill', backend }), signUp({ name: 'Ben Marsh' })])
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Before the cut')
  await ada.app.expectTick('Before the cut', 'Delivered')
  await ben.app.openChat(ada.name)
})
test.afterEach(async () => {
  expect(await ada.perch.problems()).toEqual([])
  expect(await ben.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
  await wire?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const offlineNotice = ({ app }: Person) => app.page.getByText('You’re offline. Messages will send later.')

const numbered = (word: string): string[] => Array.from({ length: 5 }, (_, n) => `${word} number ${n + 1}`)

test('shows a notice without a network', async () => {
  await expect(ada.app.status('online')).toBeVisible()
  await ada.app.page.context().setOffline(true)
  await expect(offlineNotice(ada)).toBeVisible()
  await expect(ada.app.status('online')).toBeHidden()
  await ada.app.page.context().setOffline(false)
  await expect(offlineNotice(ada)).toBeHidden()
  await expect(ada.app.status('online')).toBeVisible()
  await ada.app.expectReady()
})

test('queues messages while the server is unreachable, and sends them in order', async () => {
  wire.cut()
  for (const text of numbered('Queued')) await ada.app.send(text)
  for (const text of numbered('Queued')) await ada.app.expectTick(text, 'Sending')
  await ben.app.send('While you were away')
  await ben.app.expectTick('While you were away', 'Sent')
  const chats = ada.app.page.getByRole('region', { name: 'Chats' })
  await expect(chats.getByText('Connecting…').or(offlineNotice(ada))).toBeVisible()

  wire.restore()
  await ada.app.expectTick('Queued number 5', 'Read')
  await expect(ben.app.bubbles).toContainText([
    'Before the cut',
    'While you were away',
    ...numbered('Queued'),
  ])
  await expect(ada.app.bubbles).toContainText([
    'Before the cut',
    'While you were away',
    ...numbered('Queued'),
  ])
  await expect(ben.app.bubbles).toHaveCount(7)
  await ada.app.expectReady()
})

test('shows the chats from disk after a restart without the server, and sends new messages later', async () => {
  await ada.quit()
  wire.cut()
  await ada.start()
  await ada.app.openChat(ben.name)
  await expect(ada.app.bubbles).toContainText([
    'Before the cut',
    'While you were away',
    ...numbered('Queued'),
  ])
  await ada.app.send('Written without a server')
  await ada.app.expectTick('Written without a server', 'Sending')
  wire.restore()
  await expect(ben.app.bubble('Written without a server')).toBeVisible()
  await ada.app.expectTick('Written without a server', 'Read')
})

test('delivers queued messages exactly once after a kill', async () => {
  wire.cut()
  for (const text of numbered('Survivor')) await ada.app.send(text)
  await expect(ada.app.savedBubble('Survivor number 5')).toBeVisible()
  await ada.perch.kill()
  wire.restore()
  await ada.start()
  await expect(ben.app.bubble('Survivor number 5')).toBeVisible()
  for (const text of numbered('Survivor')) await expect(ben.app.bubble(text)).toHaveCount(1)
})

test('delivers a message exactly once after a kill while it is being sent', async () => {
  await ada.app.openChat(ben.name)
  for (const word of ['Rook', 'Wren', 'Swift']) {
    await ada.app.send(`${word} in flight`)
    await expect(ada.app.savedBubble(`${word} in flight`)).toBeVisible()
    await ada.perch.kill()
    await ada.start()
    await ada.app.openChat(ben.name)
    await ada.app.expectTick(`${word} in flight`, 'Read')
    await expect(ben.app.bubble(`${word} in flight`)).toHaveCount(1)
    await expect(ada.app.bubble(`${word} in flight`)).toHaveCount(1)
  }
})

test('keeps a text as the draft after a kill while it is being saved', async () => {
  const text = 'Swan in the reeds'
  await ada.app.composer.fill(text)
  const bridge = await bridgeOf(ada.app.page)
  await expect.poll(async () => (await bridge.call('replica.chats'))[0]?.draft).toBe(text)
  // From now on main answers nothing, so the message is never saved.
  await ada.perch.app.evaluate(({ ipcMain }, channel) => {
    ipcMain.removeHandler(channel)
    ipcMain.handle(channel, () => new Promise(() => undefined))
  }, CALL_CHANNEL)
  await ada.app.composer.press('Enter')
  await ada.app.expectTick(text, 'Saving')
  await expect(ada.app.composer).toHaveValue('')
  await ada.perch.kill()

  await ada.start()
  await ada.app.openChat(ben.name)
  await expect(ada.app.composer).toHaveValue(text)
  await expect(ada.app.bubble(text)).toHaveCount(0)
  await ada.app.composer.press('Enter')
  await ada.app.expectTick(text, 'Read')
  await expect(ben.app.bubble(text)).toHaveCount(1)
})
