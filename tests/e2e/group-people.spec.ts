/** The people of a group: picked by number, refused by name, listed, counted, folded in events, blocked. */
import { expect, test, type Locator } from '@playwright/test'
import { signUp, type Person } from '../support/people.ts'

let ada: Person
let ben: Person
let cleo: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  ;[ada, ben, cleo] = await Promise.all([
    signUp({ name: 'Ada Quill' }),
    signUp({ name: 'Ben Marsh' }),
    signUp({ name: 'Cleo Ferris' }),
  ])
})
test.afterEach(async () => {
  for (const person of [ada, ben, cleo]) expect(await person.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
  await cleo?.leave()
})

const details = (person: Person): Locator => person.app.page.getByRole('region', { name: 'Details' })
const members = (person: Person): Locator => details(person).getByRole('list', { name: 'Members' })
const fold = (person: Person): Locator => person.app.messages.getByRole('button', { name: /changes · / })
const chip = (person: Person, name: string): Locator => person.app.page.getByRole('radio', { name })

test('takes people by number, adds those who consent, and names the one who refuses', async () => {
  await ben.app.openSettings('Privacy')
  await ben.app.chooseSetting('Who can add me to groups', 'Nobody')
  await ada.app.button('New chat').click()
  await ada.app.button('New group').click()
  const { page } = ada.app
  const find = page.getByRole('searchbox', { name: 'Find people' })
  for (const person of [ben, cleo]) {
    await find.fill(person.phone)
    await find.press('Enter')
    await expect(ada.app.personRow(person.name)).toBeVisible()
    await find.press('Enter')
    await expect(page.getByRole('button', { name: `Remove ${person.name}` })).toBeVisible()
    await expect(find).toHaveValue('')
  }
  await ada.app.button('Next').click()
  await page.getByRole('textbox', { name: 'Group name' }).fill('Choir')
  await page.keyboard.press('Enter')
  await expect(cleo.app.chatRow('Choir')).toBeVisible()
  const refusal = ada.app.bubbles.filter({
    hasText: 'doesn’t allow being added to groups. Send an invite link',
  })
  await expect(refusal).toHaveText(/You added .*Ben Marsh.*Ben Marsh\u2069 doesn’t allow/u)
  await refusal.getByRole('button', { name: 'Delete' }).click()
  await expect(refusal).toHaveCount(0)
  await expect(ada.app.status('2 members, 2 online')).toBeVisible()
})

test('lists the members as one tab stop, and Escape leaves the picker, not the details', async () => {
  await ada.app.openDetails()
  const { page } = ada.app
  const row = members(ada).getByRole('button', { name: 'Actions for Cleo Ferris' })
  await expect(row).toHaveAccessibleDescription('online')
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toHaveText('Message')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(row).toBeFocused()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Make admin' })).toBeVisible()
  await page.keyboard.press('Escape')

  await ada.app.button('Add people').click()
  const find = details(ada).getByRole('searchbox', { name: 'Find people' })
  await find.fill(cleo.phone)
  await find.press('Enter')
  await ada.app.personRow('Cleo Ferris').click()
  await expect(page.getByText('is in this group already.')).toBeVisible()
  await find.press('Escape')
  await expect(find).toHaveValue('')
  await find.press('Escape')
  await expect(find).toHaveCount(0)
  await expect(ada.app.button('Add people')).toBeFocused()
})

test('has a description of several lines', async () => {
  const { page } = ada.app
  await ada.app.button('Edit description').click()
  const field = details(ada).getByRole('textbox', { name: 'Description' })
  await field.pressSequentially('Tuesdays')
  await field.press('Enter')
  await field.pressSequentially('a'.repeat(460))
  await expect(details(ada)).toContainText('31 characters left')
  await field.fill('Tuesdays\nat seven')
  await page.keyboard.press('Control+Enter')
  await expect(details(ada).getByText('Tuesdays at seven')).toBeVisible()
  await expect(ada.app.button('Edit description')).toBeFocused()
})

test('folds three changes in a row, and opens them by keyboard', async () => {
  for (const title of ['Choir one', 'Choir two', 'Choir']) {
    await ada.app.button('Edit group name').click()
    await details(ada).getByRole('textbox', { name: 'Group name' }).fill(title)
    await ada.app.page.keyboard.press('Enter')
    await expect(details(ada).getByRole('heading', { name: title, exact: true })).toBeVisible()
  }
  // The same name again is no change.
  await ada.app.button('Edit group name').click()
  await ada.app.page.keyboard.press('Enter')
  await cleo.app.openChat('Choir')
  await expect(fold(cleo)).toHaveText('6 changes · Show')
  await expect(cleo.app.bubbles).toHaveCount(0)
  await cleo.app.messages.focus()
  await cleo.app.page.keyboard.press('ArrowUp')
  await expect(fold(cleo)).toBeFocused()
  await cleo.app.page.keyboard.press('Enter')
  await expect(fold(cleo)).toHaveText('6 changes · Hide')
  await expect(cleo.app.bubbles).toHaveCount(6)
  await expect(fold(cleo)).toBeFocused()
  await cleo.app.page.keyboard.press('Enter')
  await expect(cleo.app.bubbles).toHaveCount(0)
})

test('filters the list by keyboard, together with the search', async () => {
  await cleo.app.openChatWith(ben.phone, ben.name)
  await cleo.app.send('Are you singing?')
  await expect(cleo.app.chatRow(ben.name)).toContainText('Are you singing?')
  await chip(cleo, 'All').focus()
  await cleo.app.page.keyboard.press('ArrowRight')
  await expect(chip(cleo, 'Unread')).toBeChecked()
  // The open chat stays, read or not.
  await expect(cleo.app.chatRow(ben.name)).toBeVisible()
  await expect(cleo.app.chatRow('Choir')).toHaveCount(0)
  await ada.app.button('Close details').click()
  await ada.app.send('Seven it is')
  await expect(cleo.app.chatRow('Choir')).toBeVisible()
  await cleo.app.page.keyboard.press('ArrowRight')
  await expect(cleo.app.chatRow('Choir')).toBeVisible()
  await expect(cleo.app.chatRow(ben.name)).toHaveCount(0)
  await cleo.app.page.getByRole('searchbox', { name: 'Find a chat' }).fill('marsh')
  await expect(cleo.app.page.getByText('No chats found')).toBeVisible()
  await cleo.app.button('Show all chats').click()
  await expect(cleo.app.chatRow(ben.name)).toBeVisible()
  await cleo.app.button('Clear').click()
})

test('hides what a blocked person writes, without a notification', async () => {
  await cleo.app.openChatWith(ada.phone, ada.name)
  await cleo.app.openDetails()
  await cleo.app.button('Block').click()
  await cleo.app.page.getByRole('alertdialog').getByRole('button', { name: 'Block', exact: true }).click()
  await expect(cleo.app.button('Unblock').first()).toBeVisible()
  await cleo.app.button('Close details').click()
  const before = (await cleo.perch.notifications()).length
  await ada.app.send('Can you read me?')
  await expect(cleo.app.chatRow('Choir')).toContainText('Message from someone you blocked')
  await expect(cleo.app.chatRow('Choir')).not.toContainText('Can you read me?')
  expect(await cleo.perch.notifications()).toHaveLength(before)
  await cleo.app.openChat('Choir')
  const hidden = cleo.app.bubbles.filter({ hasText: 'Message from someone you blocked' })
  await expect(hidden).toHaveCount(2)
  await hidden.last().getByRole('button', { name: 'Show' }).click()
  await expect(cleo.app.bubble('Can you read me?')).toBeVisible()
  await expect(cleo.app.bubble('Seven it is')).toHaveCount(0)
})
