/** Three people in three app instances: ticks, typing and message info of a group. */
import { expect, test } from '@playwright/test'
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
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.openChatWith(cleo.phone, cleo.name)
  await ada.app.button('New chat').click()
  await ada.app.button('New group').click()
  await ada.app.personRow(ben.name).click()
  await ada.app.personRow(cleo.name).click()
  await ada.app.button('Next').click()
  await ada.app.page.getByRole('textbox', { name: 'Group name' }).fill('Garden club')
  await ada.app.page.keyboard.press('Enter')
  await expect(ada.app.chatHeading('Garden club')).toBeVisible()
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
const withNames = (text: string): RegExp => new RegExp(Array.from(text).join('[\\u2068\\u2069]*'), 'u')

test('ticks grow from one to double to blue', async () => {
  await ben.app.openChat('Garden club')
  await cleo.quit()
  await ada.app.send('Who waters')
  await ada.app.expectTick('Who waters', 'Sent')
  await expect(ada.app.button('Read by 1')).toBeVisible()
  await ada.app.expectTick('Who waters', 'Sent')
  await cleo.start()
  await ada.app.expectTick('Who waters', 'Delivered')
  await cleo.app.openChat('Garden club')
  await ada.app.expectTick('Who waters', 'Read')
  await expect(ada.app.button('Read by 2')).toBeVisible()
})

test('message info lists who has read it, by keyboard', async () => {
  await ada.app.bubble('Who waters').focus()
  await ada.app.page.keyboard.press('ContextMenu')
  await ada.app.page.getByRole('menuitem', { name: 'Message info' }).press('Enter')
  const info = ada.app.page.getByRole('dialog', { name: 'Message info' })
  const readers = info.getByRole('region', { name: 'Read by' })
  await expect(readers.getByRole('listitem')).toHaveCount(2)
  await expect(readers.getByRole('listitem').first()).toContainText('Ben Marsh')
  await expect(readers.locator('time')).toHaveCount(2)
  await expect(info.getByRole('heading', { name: 'Not delivered yet' })).toHaveCount(0)
  await ada.app.page.keyboard.press('Escape')
  await expect(info).toHaveCount(0)
})

test('shows who is typing, one and two', async () => {
  await ben.app.composer.pressSequentially('I', { delay: 20 })
  await expect(ada.app.status(withNames('Ben Marsh is typing…'))).toBeVisible()
  await expect(ada.app.chatRow('Garden club')).toContainText(withNames('Ben Marsh is typing…'))
  await cleo.app.composer.pressSequentially('Me', { delay: 20 })
  await ben.app.composer.pressSequentially(' water', { delay: 20 })
  await expect(ada.app.status(withNames('Ben Marsh and Cleo Ferris are typing…'))).toBeVisible()
  await ben.app.composer.press('Enter')
  await expect(ada.app.bubble('I water')).toBeVisible()
  await expect(ada.app.status(withNames('Ben Marsh and Cleo Ferris are typing…'))).toHaveCount(0)
  await expect(ada.app.status('3 members')).toBeVisible()
})

test('someone added later is not waited for', async () => {
  await ada.app.openDetails()
  await ada.app.button(`Actions for ${cleo.name}`).click()
  await ada.app.page.getByRole('menuitem', { name: 'Remove from group' }).click()
  await ada.app.page.getByRole('alertdialog').getByRole('button', { name: 'Remove from group' }).click()
  await ada.app.button('Close details').click()
  await ada.app.send('Only two of us')
  await ada.app.expectTick('Only two of us', 'Read')
  await ada.app.openDetails()
  await ada.app.button('Add people').click()
  await ada.app.personRow(cleo.name).click()
  await ada.app.button('Add people').click()
  await expect(ada.app.status('3 members')).toBeVisible()
  await ada.app.button('Close details').click()
  await ada.app.expectTick('Only two of us', 'Read')
})
