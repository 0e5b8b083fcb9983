/** What a person does in a notification, quiet hours, sounds, and the check of the chain, through the real main process. */
import { expect, test } from '@playwright/test'
import { createFakeDesktop, type FakeDesktop } from '../support/fake-desktop.ts'
import type { ShownNotification } from '../support/launch.ts'
import { signUp, type Person } from '../support/people.ts'

let ada: Person
let ben: Person
let desktop: FakeDesktop

const newest = async (): Promise<ShownNotification | undefined> => (await ben.perch.notifications()).at(-1)

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  desktop = createFakeDesktop()
  const { env } = desktop
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh', env })])
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Hello')
  await ben.app.openChat(ada.name)
  await ada.app.expectTick('Hello', 'Read')
  await ben.perch.window.hide()
})
test.afterEach(async () => {
  expect(await ada.perch.problems()).toEqual([])
  expect(await ben.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
  desktop?.remove()
})

test('sends an answer from the notification while the window is hidden, and keeps the draft', async () => {
  await ada.app.send('Tea?')
  await expect.poll(newest).toMatchObject({ title: ada.name, body: 'Tea?', open: true })
  await ben.perch.actOnNotification('reply', { reply: 'Yes please' })
  await expect(ada.app.bubble('Yes please')).toBeVisible()
  await ada.app.expectTick('Tea?', 'Read')
  expect(await ben.perch.window.isVisible()).toBe(false)
})

test('marks the chat as read by the button of the notification', async () => {
  await ada.app.send('At four')
  await expect.poll(newest).toMatchObject({ body: 'At four', open: true })
  await ben.perch.actOnNotification('action', { actionIndex: 0 })
  await ada.app.expectTick('At four', 'Read')
  expect(await ben.perch.badge()).toBe(0)
})

test('opens the chat at the message after a click', async () => {
  for (let n = 1; n <= 3; n++) await ada.app.send(`Line ${String(n)}`)
  await expect.poll(newest).toMatchObject({ title: 'Ada Quill (3)', body: 'Line 3', open: true })
  await ben.perch.clickNotification()
  expect(await ben.perch.window.isVisible()).toBe(true)
  await expect(ben.app.bubble('Line 3')).toBeInViewport()
  await ada.app.expectTick('Line 3', 'Read')
})

test('tells why there will be no notification, and what the desktop says', async () => {
  await ben.app.openSettings()
  const { page } = ben.app
  const answer = page.getByRole('region', { name: 'Will I be notified?' }).getByRole('status')
  await expect(answer).toHaveText(/^Yes/u)
  await ben.app.button('Send a test').click()
  await expect.poll(newest).toMatchObject({ title: 'This is a test' })
  await page.getByRole('switch', { name: 'Play a sound' }).click()
  await expect(answer).toHaveText('Quietly: sounds are off.')
  await ben.app.button('Turn on').first().click()
  await expect(answer).toHaveText(/^Yes/u)
})

test('holds messages back in quiet hours and tells of them once they end', async () => {
  const { page } = ben.app
  const quiet = page.getByRole('switch', { name: 'Quiet hours' })
  await quiet.click()
  // A whole day, so that it is quiet whenever the test runs.
  await page.getByLabel('From', { exact: true }).fill('00:00')
  await page.getByLabel('To', { exact: true }).fill('00:00')
  await expect(page.getByText('No, because it’s quiet hours.')).toBeVisible()
  await ben.perch.window.blur()
  const before = (await ben.perch.notifications()).length
  await ada.app.send('Psst')
  await expect(ada.app.bubble('Psst')).toBeVisible()
  await ada.app.expectTick('Psst', 'Delivered')
  expect(await ben.perch.notifications()).toHaveLength(before)
  await quiet.click()
  await expect
    .poll(newest)
    .toMatchObject({ title: 'Perch', body: '1 message arrived while it was quiet, in 1 chat.' })
  expect(await ben.perch.notifications()).toHaveLength(before + 1)
})

test('finds what the desktop has switched off when the app starts', async () => {
  await ben.quit()
  desktop.tell({ banners: false, trayHost: false })
  await ben.start()
  await ben.app.openSettings()
  const card = () => ben.app.page.getByRole('region', { name: 'Will I be notified?' })
  await expect(card().getByRole('status')).toHaveText('Quietly: do not disturb is on.')
  await expect(card().getByText('Your desktop shows no tray icons.')).toBeVisible()
  await ben.quit()
  desktop.tell({ server: false })
  await ben.start()
  await ben.app.openSettings()
  await expect(card().getByRole('status')).toHaveText('No, because your system blocks Perch.')
})

test('minimises the window where there is no tray, says so once, and hides it once there is one', async () => {
  const titles = async (): Promise<string[]> => (await ben.perch.notifications()).map(({ title }) => title)
  await ben.quit()
  desktop.tell({ trayHost: false })
  await ben.start()
  await ben.app.openSettings('General')
  const keepRunning = ben.app.page.getByRole('switch', { name: 'Keep running when closed' })
  await expect(keepRunning).toHaveAccessibleDescription(/no tray, so Perch is minimised/u)
  for (let times = 0; times < 2; times++) {
    await ben.perch.window.close()
    await expect.poll(() => ben.perch.window.isMinimized()).toBe(true)
    await ben.perch.secondInstance()
    await expect.poll(() => ben.perch.window.isMinimized()).toBe(false)
  }
  expect(await titles()).toEqual(['Perch is minimised'])
  desktop.tell({ trayHost: true })
  await ben.perch.window.close()
  await expect.poll(() => ben.perch.window.isVisible()).toBe(false)
})
