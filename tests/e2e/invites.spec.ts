/** Three people in three app instances: joining a group with a link. */
import { expect, test, type Locator } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readCollection, updateDocument } from '../../scripts/lib/emulator-rest.ts'
import { signUp, testBackend, type Person } from '../support/people.ts'

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

const dialog = (person: Person): Locator => person.app.page.getByRole('dialog')
const inDialog = (person: Person, name: string): Locator =>
  dialog(person).getByRole('button', { name, exact: true })

/** Opens the dialog of the link. The details must be open. */
async function linkOf(person: Person): Promise<string> {
  await person.app.button('Invite link').click()
  await expect(dialog(person).getByRole('img', { name: 'QR code of the invite link' })).toBeVisible()
  return await dialog(person)
    .getByText(/^perch:\/\/join\//)
    .innerText()
}

let link = ''

test('an admin creates a link, copies it and saves its QR code', async () => {
  await ada.app.button('New chat').click()
  await ada.app.button('New group').click()
  await ada.app.button('Next').click()
  await ada.app.page.getByRole('textbox', { name: 'Group name' }).fill('Choir')
  await ada.app.page.keyboard.press('Enter')
  await expect(ada.app.chatHeading('Choir')).toBeVisible()
  await ada.app.openDetails()
  await ada.app.button('Invite link').click()
  await inDialog(ada, 'Create link').click()
  link = await dialog(ada)
    .getByText(/^perch:\/\/join\//)
    .innerText()
  await inDialog(ada, 'Copy link').click()
  expect(await ada.perch.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(link)
  await inDialog(ada, 'Copy QR code').click()
  await expect(ada.app.page.getByText('QR code copied.')).toBeVisible()
  const file = join(ada.userData, 'invite.png')
  await ada.perch.app.evaluate(({ dialog: dialogs }, filePath) => {
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await inDialog(ada, 'Save QR code').click()
  await expect(ada.app.page.getByText('QR code saved.')).toBeVisible()
  expect(readFileSync(file).toString('latin1', 1, 4)).toBe('PNG')
  await inDialog(ada, 'Close').click()
})

test('someone opens the link and joins', async () => {
  await ben.perch.secondInstance(link)
  await expect(dialog(ben)).toContainText('Choir')
  await expect(dialog(ben)).toContainText('1 member')
  await expect(ben.app.chatRow('Choir')).toBeHidden()
  await inDialog(ben, 'Join group').click()
  await expect(ben.app.chatHeading('Choir')).toBeVisible()
  await expect(dialog(ben)).toBeHidden()
  await expect(ben.app.messages.getByText('You joined with a link')).toBeVisible()
  await ben.app.send('I sing bass')
  await expect(ada.app.bubble('I sing bass')).toBeVisible()
  await ben.perch.secondInstance(link)
  await expect(ben.app.page.getByText('You’re already in this group.')).toBeVisible()
})

test('a link in a message opens in the app', async () => {
  await ben.app.openChatWith(cleo.phone, cleo.name)
  await ben.app.send(`Join us: ${link}`)
  await cleo.app.openChat(ben.name)
  await cleo.app.messages.getByRole('link').click()
  await expect(dialog(cleo)).toContainText('Choir')
  await cleo.app.page.keyboard.press('Escape')
  await expect(dialog(cleo)).toBeHidden()
})

test('a link that was reset or turned off says so', async () => {
  expect(await linkOf(ada)).toBe(link)
  await inDialog(ada, 'Reset link').click()
  await dialog(ada).getByText('Admins accept people').click()
  await inDialog(ada, 'Create link').click()
  await expect(dialog(ada)).toContainText('An admin must accept each person.')
  await cleo.perch.secondInstance(link)
  await expect(dialog(cleo)).toContainText('This invite link was turned off. Ask for a new one.')
  await inDialog(cleo, 'Close').click()
  link = await dialog(ada)
    .getByText(/^perch:\/\/join\//)
    .innerText()
  await inDialog(ada, 'Close').click()
  await cleo.perch.secondInstance(`${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`)
  await expect(dialog(cleo)).toContainText('This invite link isn’t valid.')
  await inDialog(cleo, 'Close').click()
})

test('someone asks, and an admin accepts', async () => {
  await cleo.perch.secondInstance(link)
  await inDialog(cleo, 'Ask to join').click()
  await expect(dialog(cleo)).toContainText('You asked to join.')
  await inDialog(cleo, 'Close').click()
  await ada.app.button('Close details').click()
  await ada.app.openDetails()
  await expect(ada.app.page.getByText('1 person wants to join')).toBeVisible()
  await ada.app.button(`Accept ${cleo.name}`).click()
  await expect(cleo.app.chatRow('Choir')).toBeVisible()
  await expect(ada.app.page.getByText('1 person wants to join')).toBeHidden()
  await expect(ada.app.status('3 members')).toBeVisible()
})

test('a removed person can’t come back by the link', async () => {
  await ada.app.button(`Actions for ${cleo.name}`).click()
  await ada.app.page.getByRole('menuitem', { name: 'Remove from group', exact: true }).click()
  await ada.app.page.getByRole('alertdialog').getByRole('button', { name: 'Remove from group' }).click()
  await cleo.app.openChat('Choir')
  await expect(cleo.app.conversation.getByText('You’re no longer in this group.')).toBeVisible()
  await cleo.perch.secondInstance(link)
  await inDialog(cleo, 'Ask to join').click()
  await expect(dialog(cleo)).toContainText('You can’t join this group.')
  await inDialog(cleo, 'Close').click()
})

test('a full group says so', async () => {
  await linkOf(ada)
  await inDialog(ada, 'Reset link').click()
  await inDialog(ada, 'Create link').click()
  link = await dialog(ada)
    .getByText(/^perch:\/\/join\//)
    .innerText()
  await inDialog(ada, 'Close').click()
  const dana = await signUp({ name: 'Dana Lund' })
  try {
    await dana.perch.secondInstance(link)
    await expect(inDialog(dana, 'Join group')).toBeVisible()
    await fillGroup(link)
    await inDialog(dana, 'Join group').click()
    await expect(dialog(dana)).toContainText('This group is full.')
  } finally {
    await dana.leave()
  }
})

/** Gives the group of the link 256 members. */
async function fillGroup(link: string): Promise<void> {
  const chatId = link.split('/').at(-2) ?? ''
  const backend = testBackend()
  const chat = (await readCollection(backend, 'chats')).find(({ id }) => id === chatId)
  const members = z.array(z.string()).parse(chat?.fields['memberIds'])
  const others = Array.from({ length: 256 - members.length }, (_, index) => `crowd${String(index)}`)
  await updateDocument(backend, `chats/${chatId}`, { memberIds: [...members, ...others] })
}
