/** Three people in three app instances: a group from its creation to its deletion. */
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

/** Matches a text with names in it: each name is isolated by invisible characters. */
const withNames = (text: string): RegExp => {
  const escaped = Array.from(text, (char) => char.replace(/[.*+?^${}()|[\]\\]/u, '\\$&'))
  return new RegExp(escaped.join('[\\u2068\\u2069]*'), 'u')
}
const event = (person: Person, text: string): Locator =>
  person.app.bubbles.filter({ hasText: withNames(text) })

async function inMemberMenu(person: Person, member: string, action: string): Promise<void> {
  await person.app.button(`Actions for ${member}`).click()
  await person.app.page.getByRole('menuitem', { name: action, exact: true }).click()
}
const confirm = (person: Person, label: string): Promise<void> =>
  person.app.page.getByRole('alertdialog').getByRole('button', { name: label, exact: true }).click()

test('is created with people picked by name', async () => {
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.openChatWith(cleo.phone, cleo.name)
  await ada.app.button('New chat').click()
  await ada.app.button('New group').click()
  const find = ada.app.page.getByRole('searchbox', { name: 'Find people' })
  await find.fill('ben')
  await find.press('Enter')
  await expect(ada.app.page.getByText('1 of 255 picked')).toBeVisible()
  await ada.app.personRow(cleo.name).click()
  await ada.app.button('Next').click()
  await ada.app.button('Create group').click()
  await expect(ada.app.page.getByText('Give the group a name.')).toBeVisible()
  await ada.app.page.getByRole('textbox', { name: 'Group name' }).fill('Garden club')
  await ada.app.page.keyboard.press('Enter')
  await expect(ada.app.chatHeading('Garden club')).toBeVisible()
  await expect(ada.app.status('3 members')).toBeVisible()
  await expect(event(ada, 'You created the group “Garden club”')).toBeVisible()
  for (const person of [ben, cleo]) {
    await expect(person.app.chatRow('Garden club')).toContainText(withNames('Ada Quill created the group'))
    await expect(person.app.chatRow('Garden club')).not.toContainText('unread')
  }
})

test('carries texts, with the sender in the conversation and in the list', async () => {
  await ben.app.openChat('Garden club')
  await ben.app.send('The beans are up')
  await expect(ada.app.bubble('The beans are up')).toContainText('Ben Marsh')
  await expect(cleo.app.chatRow('Garden club')).toContainText('Ben Marsh: The beans are up')
  await expect(cleo.app.chatRow('Garden club')).toContainText('1 unread message')
  await expect
    .poll(() => cleo.perch.notifications())
    .toMatchObject([{ title: 'Garden club', body: 'Ben Marsh: The beans are up' }])
  await ben.app.expectTick('The beans are up', 'Delivered')
})

test('is renamed, and offers each person only what they may do', async () => {
  const details = await ada.app.openDetails()
  await details.getByRole('button', { name: 'Edit group name' }).click()
  await details.getByRole('textbox', { name: 'Group name' }).fill('Allotment')
  await ada.app.page.keyboard.press('Enter')
  for (const person of [ada, ben, cleo])
    await expect(person.app.chatRow('Allotment')).toContainText(withNames('named the group “Allotment”'))
  await inMemberMenu(ada, cleo.name, 'Make admin')
  await cleo.app.openChat('Allotment')
  await expect(event(cleo, 'Ada Quill made you an admin')).toBeVisible()

  await ben.app.openDetails()
  await ben.app.button(`Actions for ${cleo.name}`).click()
  await expect(ben.app.page.getByRole('menuitem')).toHaveText(['Message'])
  await ben.app.page.keyboard.press('Escape')
  await cleo.app.openDetails()
  await cleo.app.button(`Actions for ${ada.name}`).click()
  await expect(cleo.app.page.getByRole('menuitem')).toHaveText(['Message'])
  await cleo.app.page.keyboard.press('Escape')
  await cleo.app.button(`Actions for ${ben.name}`).click()
  await expect(cleo.app.page.getByRole('menuitem')).toHaveText(['Message', 'Remove from group'])
  await cleo.app.page.keyboard.press('Escape')
})

test('keeps the history of a removed person, who can no longer write', async () => {
  await inMemberMenu(ada, ben.name, 'Remove from group')
  await confirm(ada, 'Remove from group')
  await expect(ben.app.conversation.getByText('You’re no longer in this group.')).toBeVisible()
  await expect(ben.app.bubble('The beans are up')).toBeVisible()
  await expect(ben.app.composer).toBeHidden()
  await ada.app.send('Only for members')
  await expect(cleo.app.bubble('Only for members')).toBeVisible()
  await expect(ben.app.chatRow('Allotment')).not.toContainText('Only for members')
})

test('refuses someone who can’t be added, and says so', async () => {
  await ben.app.openSettings('Privacy')
  await ben.app.page.getByRole('combobox', { name: 'Who can add me to groups' }).click()
  await ben.app.page.getByRole('option', { name: 'Nobody' }).click()
  await ben.app.button('Back').click()
  await ada.app.button('Add people').click()
  await ada.app.personRow(ben.name).click()
  await ada.app.button('Add people').click()
  await expect(
    ada.app.messages.getByText('doesn’t allow being added to groups. Send an invite link instead.'),
  ).toBeVisible()
  // In a window of this width the details lie over the messages.
  await ada.app.button('Close details').click()
  await ada.app.messages.getByRole('button', { name: 'Delete' }).click()
  await expect(event(ada, 'You added')).toHaveCount(0)
})

test('is handed over, left and deleted for everyone', async () => {
  await ada.app.openDetails()
  await inMemberMenu(ada, cleo.name, 'Make owner')
  await confirm(ada, 'Make owner')
  await expect(event(cleo, 'Ada Quill made you the owner')).toBeVisible()
  await ada.app.button('Leave group').click()
  await confirm(ada, 'Leave group')
  await expect(ada.app.conversation.getByText('You’re no longer in this group.')).toBeVisible()
  await expect(event(cleo, 'Ada Quill left')).toBeVisible()
  await cleo.app.button('Delete for everyone').click()
  await confirm(cleo, 'Delete for everyone')
  await expect(cleo.app.conversation.getByText('You’re no longer in this group.')).toBeVisible()
  await cleo.app.button('Close details').click()
  await cleo.app.conversation.getByRole('button', { name: 'Delete group' }).click()
  await expect(cleo.app.chatRow('Allotment')).toHaveCount(0)
})
