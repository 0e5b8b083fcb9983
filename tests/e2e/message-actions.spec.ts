/** Deleting messages for everyone and forwarding them, from one person's menu to the other's screen and to Storage. */
import { expect, test, type Locator } from '@playwright/test'
import { z } from 'zod'
import { listObjects, readCollection } from '../../scripts/lib/emulator-rest.ts'
import { signUp, testBackend, type Person } from '../support/people.ts'

let ada: Person
let ben: Person
let cid: Person
/** Ada's id, which is part of the ids of her chats. */
let adaId: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada' }), signUp({ name: 'Ben' })])
  cid = await signUp({ name: 'Cid' })
  const phones = await readCollection(testBackend(), 'phones')
  adaId = String(phones.find(({ id }) => id === ada.phone)?.fields['uid'])
  await ada.app.openChatWith(cid.phone, 'Cid')
  await ada.app.send('Hello Cid')
  await ada.app.openChatWith(ben.phone, 'Ben')
  await ada.app.send('The gate opens at nine')
  await ben.app.openChat('Ada')
  await expect(ben.app.bubble('The gate opens at nine')).toBeVisible()
})
test.afterEach(async () => {
  for (const person of [ada, ben, cid]) expect(await person.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await Promise.all([ada?.leave(), ben?.leave(), cid?.leave()])
})

const listSchema = z.object({ items: z.array(z.object({ name: z.string() })).default([]) })

/** How many files of Ada's chats are in Storage. */
async function objects(): Promise<number> {
  const { items } = listSchema.parse(await listObjects(testBackend()))
  return items.filter(({ name }) => name.includes(adaId)).length
}

async function inMenu(bubble: Locator, item: string): Promise<void> {
  await bubble.click({ button: 'right' })
  await bubble.page().getByRole('menuitem', { name: item, exact: true }).click()
}

const photos = ({ app }: Person): Locator => app.messages.getByRole('button', { name: 'Open photo' })

/** Sends a photo of one colour. */
async function sendPhoto({ app: { page } }: Person): Promise<void> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(300, 200)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.fillStyle = '#2a6'
    context.fillRect(0, 0, 300, 200)
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  })
  const file = { name: 'green.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
  await page.locator('[data-pick="pictures"]').setInputFiles([file])
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click()
}

test('a text is deleted for everyone, after a question', async () => {
  await ada.app.send('Secret plan')
  await expect(ben.app.bubble('Secret plan')).toBeVisible()
  await ben.app.bubble('Secret plan').click({ button: 'right' })
  await expect(ben.app.page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
  await expect(ben.app.page.getByRole('menuitem', { name: 'Delete for everyone…' })).toHaveCount(0)
  await ben.app.page.keyboard.press('Escape')

  await inMenu(ada.app.bubble('Secret plan'), 'Delete for everyone…')
  const question = ada.app.page.getByRole('alertdialog', { name: 'Delete this message for everyone?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(ada.app.bubble('Secret plan')).toBeVisible()
  await inMenu(ada.app.bubble('Secret plan'), 'Delete for everyone…')
  await question.getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(ada.app.bubble('You deleted this message')).toBeVisible()
  await expect(ben.app.bubble('This message was deleted')).toBeVisible()
  await expect(ada.app.chatRow('Ben')).toContainText('You deleted this message')
  await expect(ben.app.chatRow('Ada')).toContainText('This message was deleted')
})

test('a photo is forwarded, uploaded once there, and the draft of the chat stays', async () => {
  await ada.app.openChat('Cid')
  await ada.app.composer.fill('Half a sentence')
  await ada.app.openChat('Ben')
  await sendPhoto(ada)
  await expect(photos(ben)).toHaveCount(1)
  expect(await objects()).toBe(1)

  const forward = async (): Promise<void> => {
    await inMenu(photos(ada), 'Forward…')
    const dialog = ada.app.page.getByRole('dialog', { name: 'Forward to' })
    await dialog.getByRole('searchbox').fill('cid')
    await dialog.getByRole('searchbox').press('Enter')
    await expect(dialog.getByRole('button', { name: 'Cid' })).toHaveAttribute('aria-pressed', 'true')
    await dialog.getByRole('button', { name: 'Forward', exact: true }).click()
    await expect(dialog).toHaveCount(0)
  }
  await forward()
  await cid.app.openChat('Ada')
  await expect(photos(cid)).toHaveCount(1)
  await forward()
  await expect(photos(cid)).toHaveCount(2)
  expect(await objects()).toBe(2)
  await ada.app.openChat('Cid')
  await expect(ada.app.composer).toHaveValue('Half a sentence')
})

test('a photo is deleted for everyone: its viewer closes, and its file is gone', async () => {
  await ada.app.openChat('Ben')
  await photos(ben).click()
  const viewer = ben.app.page.getByRole('dialog', { name: 'Photos and videos' })
  await expect(viewer.getByRole('img').first()).toBeVisible()
  await inMenu(photos(ada), 'Delete for everyone…')
  await ada.app.page.getByRole('alertdialog').getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(viewer).toHaveCount(0)
  await expect(photos(ben)).toHaveCount(0)
  await expect.poll(objects).toBe(1)
  await expect(photos(cid)).toHaveCount(2)
})
