/** The app in the tray without its page: pushes come through the functions and the FCM emulator. */
import { expect, test } from '@playwright/test'
import { AppPage } from '../support/app-page.ts'
import { signUp, type Person } from '../support/people.ts'
import { startPushBackend, untilPushed, untilReleased, type PushBackend } from '../support/push-backend.ts'

let backend: PushBackend
let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(240_000)
  backend = await startPushBackend(60)
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh' })])
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Hello')
  await ben.app.openChat(ada.name)
  await ada.app.expectTick('Hello', 'Read')
  await untilPushed(ben)
})
test.afterEach(async () => {
  expect(await ben.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
  await backend?.stop()
})

/** The bodies of the notifications that are shown after `count` others. */
const bodiesAfter = async (count: number): Promise<string[]> =>
  (await ben.perch.notifications()).slice(count).map(({ body }) => body)

test('a message to an app without a page is delivered, and shows one notification', async () => {
  test.setTimeout(120_000)
  const before = (await ben.perch.notifications()).length
  await ben.perch.window.close()
  await untilReleased(ben)
  await ada.app.send('Are you asleep?')
  await expect.poll(() => bodiesAfter(before), { timeout: 60_000 }).toEqual(['Are you asleep?'])
  await ada.app.expectTick('Are you asleep?', 'Delivered')
  await untilReleased(ben)
  expect(await bodiesAfter(before)).toEqual(['Are you asleep?'])
})

test('an answer in the notification is sent, although there is no page', async () => {
  test.setTimeout(120_000)
  await ben.perch.actOnNotification('reply', { reply: 'No, in the tray' })
  await expect(ada.app.bubble('No, in the tray')).toBeVisible({ timeout: 60_000 })
  await ada.app.expectTick('Are you asleep?', 'Read')
  await untilReleased(ben)
})

test('a click on the tray loads the page again, with everything', async () => {
  test.setTimeout(120_000)
  await ada.app.send('Come out')
  await expect.poll(async () => (await ben.perch.tray())?.tooltip, { timeout: 60_000 }).toContain('1')
  await untilReleased(ben)
  const opening = ben.perch.app.waitForEvent('window')
  await ben.perch.clickTray()
  const page = await opening
  await expect(new AppPage(page).chatRow(ada.name)).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => ben.perch.window.isVisible()).toBe(true)
})
