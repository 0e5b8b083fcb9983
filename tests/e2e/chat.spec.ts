/** Two people in two app instances: search, messages, receipts, presence, notifications, blocking. */
import { expect, test } from '@playwright/test'
import type { ShownNotification } from '../support/launch.ts'
import { newPhone } from '../support/new-phone.ts'
import { signUp, type Person } from '../support/people.ts'

let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh' })])
})
test.afterEach(async () => {
  expect(await ada.perch.problems()).toEqual([])
  expect(await ben.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
})

const openNotifications = async ({ perch }: Person): Promise<ShownNotification[]> =>
  (await perch.notifications()).filter(({ open }) => open)

test('explains an unknown number and the person’s own number', async () => {
  await ada.app.findPerson(newPhone())
  await expect(ada.app.page.getByText(/isn’t on Perch/u)).toBeVisible()
  await ada.app.nameOrNumber.fill(ada.phone)
  await ada.app.nameOrNumber.press('Enter')
  await expect(ada.app.page.getByText('That’s your own number.')).toBeVisible()
  await ada.app.button('Back').click()
})

test('delivers a first message to a person found by phone number', async () => {
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Hello Ben, this is Ada')
  await expect(ben.app.chatRow(ada.name)).toContainText('Hello Ben, this is Ada')
  await expect(ben.app.chatRow(ada.name)).toContainText('1 unread message')
  await ada.app.expectTick('Hello Ben, this is Ada', 'Delivered')
  await expect(ada.app.chatRow(ben.name).getByRole('img', { name: 'Delivered' })).toBeVisible()

  await ben.app.openChat(ada.name)
  await ada.app.expectTick('Hello Ben, this is Ada', 'Read')
  await expect(ben.app.chatRow(ada.name)).not.toContainText('unread')
  await expect(ben.app.messages.getByText('New messages')).toBeVisible()
  await ben.app.send('Ada! How did you find me?')
  await expect(ben.app.messages.getByText('New messages')).toBeHidden()
  await expect(ada.app.bubble('Ada! How did you find me?')).toBeVisible()
  await ben.app.expectTick('Ada! How did you find me?', 'Read')
})

test('shows typing in the header and in the list', async () => {
  await ada.app.composer.pressSequentially('By your')
  await expect(ben.app.status('typing…')).toBeVisible()
  await expect(ben.app.chatRow(ada.name)).toContainText('typing…')
  await ada.app.send('By your number')
  await expect(ben.app.bubble('By your number')).toBeVisible()
  await expect(ben.app.status('typing…')).toBeHidden()
  await expect(ben.app.chatRow(ada.name)).toContainText('By your number')
})

test('keeps the bubble of an own message while it is saved and sent', async () => {
  const removed = await ada.app.messages.evaluateHandle((log) => {
    const articles: string[] = []
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ removedNodes }) => [...removedNodes]))
        if (node instanceof Element && node.querySelector('article') !== null) articles.push(node.textContent)
    }).observe(log, { childList: true, subtree: true })
    return articles
  })
  for (const text of ['One', 'Two', 'Three']) await ada.app.send(`${text} in a row`)
  for (const text of ['One', 'Two', 'Three']) await ada.app.expectTick(`${text} in a row`, 'Read')
  await expect(ada.app.bubbles).toContainText(['One in a row', 'Two in a row', 'Three in a row'])
  expect(await removed.jsonValue()).toEqual([])
})

test('marks a message as read only while the window has the focus', async () => {
  await ben.perch.window.blur()
  await ada.app.send('Are you looking?')
  await ada.app.expectTick('Are you looking?', 'Delivered')
  await ada.app.send('It seems not')
  await ada.app.expectTick('It seems not', 'Delivered')
  await expect(ben.app.bubble('It seems not')).toBeVisible()
  await ada.app.expectTick('Are you looking?', 'Delivered')
  await ben.perch.window.focus()
  await ada.app.expectTick('It seems not', 'Read')
})

test('marks a message as read only when it is in view', async () => {
  for (const name of ['First', 'Second', 'Third', 'Last']) {
    await ada.app.send([`${name} list`, ...Array.from({ length: 9 }, (_, n) => `entry ${n}`)].join('\n'))
  }
  await ada.app.expectTick('Last list', 'Read')
  await ben.app.messages.hover()
  await ben.app.page.mouse.wheel(0, -600)
  await expect(ben.app.button('Go to the newest message')).toBeVisible()
  await ada.app.send('Below the fold')
  await expect(ben.app.button('Go to the newest message, 1 new')).toBeVisible()
  await ada.app.expectTick('Below the fold', 'Delivered')
  await ben.app.button('Go to the newest message, 1 new').click()
  await ada.app.expectTick('Below the fold', 'Read')
})

test('derives presence from the state of the machine, and hides it by setting', async () => {
  await expect(ben.app.status('online')).toBeVisible()
  await ada.perch.power('lock-screen')
  await expect(ben.app.status(/^last seen/u)).toBeVisible()
  await ada.perch.power('unlock-screen')
  await expect(ben.app.status('online')).toBeVisible()
  await ada.perch.idleFor(600)
  await expect(ben.app.status('away')).toBeVisible()
  await ada.perch.idleFor(0)
  await expect(ben.app.status('online')).toBeVisible()

  await ada.app.openSettings('Privacy')
  await ada.app.chooseSetting('Last seen and online', 'Nobody')
  await expect(ben.app.status(/online|last seen/u)).toBeHidden()
  await ada.app.chooseSetting('Last seen and online', 'Everyone')
  await expect(ben.app.status('online')).toBeVisible()
  await ada.app.button('Back').click()
})

test('notifies a window without the focus by notification, tray and badge; a click opens the chat', async () => {
  const before = await ben.perch.tray()
  await ben.perch.window.hide()
  await ada.app.send('Lunch?')
  await expect.poll(() => openNotifications(ben)).toMatchObject([{ title: ada.name, body: 'Lunch?' }])
  await expect.poll(async () => (await ben.perch.tray())?.tooltip).toBe('Perch: 1 unread message')
  expect((await ben.perch.tray())?.image).not.toBe(before?.image)
  expect((await ben.perch.tray())?.menu.map(({ label }) => label)).toContain('Ada Quill (1)')
  expect(await ben.perch.badge()).toBe(1)
  await ada.app.expectTick('Lunch?', 'Delivered')

  await ben.perch.clickNotification()
  expect(await ben.perch.window.isVisible()).toBe(true)
  await ada.app.expectTick('Lunch?', 'Read')
  await expect.poll(async () => (await ben.perch.tray())?.tooltip).toBe('Perch')
  expect(await ben.perch.badge()).toBe(0)
  expect((await ben.perch.tray())?.image).toBe(before?.image)
  expect(await openNotifications(ben)).toEqual([])
})

test('shows no notification for the open chat while the window has the focus, but for other chats', async () => {
  const shown = (await ben.perch.notifications()).length
  await ada.app.send('You see this anyway')
  await ada.app.expectTick('You see this anyway', 'Read')
  expect(await ben.perch.notifications()).toHaveLength(shown)

  await ben.app.page.keyboard.press('Escape')
  await expect(ben.app.conversation.getByText('No chat open')).toBeVisible()
  await ada.app.send('But not this')
  await expect.poll(() => ben.perch.notifications()).toHaveLength(shown + 1)
  await ben.perch.clickNotification()
  await expect(ben.app.bubble('But not this')).toBeVisible()
})

test('counts messages of a muted chat without a notification', async () => {
  await ben.app.inChatMenu(ada.name, 'Mute', 'Always')
  await expect(ben.app.chatRow(ada.name).getByRole('img', { name: 'Muted' })).toBeVisible()
  await ben.perch.window.blur()
  const shown = (await ben.perch.notifications()).length
  await ada.app.send('Quietly')
  await expect(ben.app.chatRow(ada.name)).toContainText('1 unread message')
  expect(await ben.perch.notifications()).toHaveLength(shown)
  await ben.perch.window.focus()
  await ben.app.inChatMenu(ada.name, 'Unmute')
})

test('hides sender and text in notifications by setting', async () => {
  await ben.app.openSettings()
  await ben.app.chooseSetting('Show', 'Nothing')
  await ben.perch.window.blur()
  await ada.app.send('A secret')
  await expect
    .poll(async () => (await ben.perch.notifications()).at(-1))
    .toMatchObject({ title: 'Perch', body: 'New message' })
  await ben.perch.window.focus()
  await ben.app.chooseSetting('Show', 'Name and message')
  await ben.app.button('Back').click()
})

test('shows sent, delivered and read in turn, and restores session, list and draft after a restart', async () => {
  await ben.app.openChat(ada.name)
  await ben.app.composer.fill('A thought for later')
  await ben.app.page.keyboard.press('Escape')
  await expect(ben.app.chatRow(ada.name)).toContainText('Draft: A thought for later')
  await ben.quit()
  await expect(ada.app.status(/^last seen/u)).toBeVisible()
  await ada.app.send('You are gone')
  await ada.app.expectTick('You are gone', 'Sent')

  await ben.start()
  await expect(ben.app.chatRow(ada.name)).toContainText('A thought for later')
  await ada.app.expectTick('You are gone', 'Delivered')
  await expect
    .poll(async () => (await ben.perch.tray())?.menu.map(({ label }) => label))
    .toContain('Ada Quill (1)')
  await expect(ada.app.status('online')).toBeVisible()
  await ben.app.openChat(ada.name)
  await expect(ben.app.composer).toHaveValue('A thought for later')
  await ada.app.expectTick('You are gone', 'Read')
  await ben.app.composer.fill('')
})

test('shows a private name wherever the person appears', async () => {
  const details = await ben.app.openDetails()
  await details.getByRole('button', { name: 'Edit name' }).click()
  await details.getByRole('textbox', { name: 'Your name for this person' }).fill('Ada from work')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(ben.app.chatRow('Ada from work')).toBeVisible()
  await expect(ben.app.chatHeading('Ada from work')).toBeVisible()
  await details.getByRole('button', { name: 'Edit name' }).click()
  await details.getByRole('textbox', { name: 'Your name for this person' }).fill('')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(ben.app.chatRow(ada.name)).toBeVisible()
})

test('rejects messages of a blocked person and hides presence from them until unblocked', async () => {
  const details = ben.app.page.getByRole('region', { name: 'Details' })
  await details.getByRole('button', { name: 'Block' }).click()
  await ben.app.page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click()
  await expect(ben.app.conversation.getByText(/You blocked Ada Quill/u)).toBeVisible()
  await ada.app.send('Did I say something?')
  await ada.app.expectTick('Did I say something?', 'Not sent')
  await expect(ada.app.messages.getByText('Not sent. You can’t message this person.')).toBeVisible()
  await expect(ada.app.status(/online|last seen/u)).toBeHidden()

  // In a window of this width the details lie over the notice.
  await ben.app.button('Close details').click()
  await ben.app.conversation.getByRole('button', { name: 'Unblock' }).click()
  await expect(ben.app.composer).toBeVisible()
  // Sending it again cannot succeed, so only Delete is offered. It puts the text back into the composer.
  await expect(ada.app.messages.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await ada.app.messages.getByRole('button', { name: 'Delete' }).click()
  await expect(ada.app.composer).toHaveValue('Did I say something?')
  await ada.app.composer.press('Enter')
  await ada.app.expectTick('Did I say something?', 'Read')
  await expect(ben.app.bubble('Did I say something?')).toHaveCount(1)
})
