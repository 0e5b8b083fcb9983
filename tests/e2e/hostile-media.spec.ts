/** Files that another member may send without the app: bytes that are made to do harm, and messages that lie about their file. */
import { expect, test, type Locator } from '@playwright/test'
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createAccounts, writeObject, type Fields } from '../../scripts/lib/emulator-rest.ts'
import { hostilePictures, png } from '../support/hostile-files.ts'
import { newPhone } from '../support/new-phone.ts'
import { signUp, testBackend, type Person } from '../support/people.ts'
import { letters, writeChat, writtenMessage, type WrittenMessage } from '../support/written-chat.ts'

const adaId = `a${letters()}`
let ada: Person

// One after another: the tests share one account.
test.describe.configure({ mode: 'default' })
test.beforeAll(async () => {
  const phone = newPhone()
  await createAccounts(testBackend(), [{ id: adaId, phone, displayName: 'Ada Quill' }])
  ada = await signUp({ name: 'Ada Quill', phone })
})
test.afterAll(async () => {
  await ada?.leave()
})

interface Sent {
  bytes: Buffer
  body?: Fields
  /** What the message says about its file instead of the truth. */
  lies?: Fields
}

const photo: Fields = { kind: 'photo', width: 400, height: 120, hash: '' }
const truth = png(4, 3)

/** Uploads the files, writes their messages, and opens the chat. Returns what shows each message. */
async function receive(displayName: string, files: readonly Sent[]): Promise<Locator[]> {
  const ids: string[] = []
  await writeChat(adaId, {
    profile: { displayName },
    messages: async (senderId, chatId) => {
      const written: WrittenMessage[] = []
      for (const { bytes, body = photo, lies } of files) {
        const object = letters()
        const stored = { bytes, type: 'image/png', owner: senderId }
        await writeObject(testBackend(), `chats/${chatId}/${object}`, stored)
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        const file = { object, size: bytes.length, sha256, mime: 'image/png', enc: null, ...lies }
        written.push(writtenMessage(senderId, { ...body, file }))
      }
      ids.push(...written.map(({ id }) => id))
      return written
    },
  })
  await ada.app.openChat(displayName)
  return ids.map((id) => ada.app.page.locator(`[data-message-id="${id}"]`))
}

/** Scrolls to the message, whose picture is downloaded when it is in view. Waits for a button with this name. */
async function expectButton(message: Locator, name: string | RegExp): Promise<void> {
  await message.scrollIntoViewIfNeeded()
  await expect(message.getByRole('button', { name })).toBeVisible()
}

/** Every file of the profile's media folder, relative to it. */
function mediaFiles(): string[] {
  const folder = join(ada.userData, 'media')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(folder, path))
}

async function expectUnharmed(): Promise<void> {
  expect(await ada.app.page.title()).not.toBe('owned')
  await ada.app.send('Still here')
  await ada.app.expectTick('Still here', 'Sent')
  for (const path of mediaFiles()) expect(path).toMatch(/^[^/\\]+[/\\][0-9a-f]{2}[/\\][0-9a-f]{64}$/u)
}

test('pictures that are made to do harm are not shown, and the others are', async () => {
  const names = Object.keys(hostilePictures)
  const bytes = [...Object.values(hostilePictures), truth]
  const messages = await receive(
    'Trap Maker',
    bytes.map((each) => ({ bytes: each })),
  )
  for (const [index, message] of messages.entries()) {
    await expectButton(message, 'Open photo')
    const name = names[index]
    if (name === undefined) await expect(message).not.toContainText('Can’t be shown')
    else await expect(message, name).toContainText('Can’t be shown')
  }
  await expectUnharmed()
})

test('files that are not what their messages say are not kept', async () => {
  const before = mediaFiles().length
  const other = png(40, 30)
  const messages = await receive('Wrong Facts', [
    { bytes: other, lies: { size: other.length - 1 } },
    { bytes: other, lies: { size: other.length + 1 } },
    { bytes: other, lies: { sha256: '0'.repeat(64) } },
  ])
  for (const message of messages) await expectButton(message, /^This file arrived damaged/u)
  expect(mediaFiles()).toHaveLength(before)
  await expectUnharmed()
})

test('a photo whose sides are not what its message says keeps its box', async () => {
  const messages = await receive('Wrong Sides', [
    { bytes: truth, body: { ...photo, width: 65_535, height: 1 } },
    { bytes: png(2000, 10) },
  ])
  for (const message of messages) {
    await expectButton(message, 'Open photo')
    const box = await message.getByRole('button', { name: 'Open photo' }).boundingBox()
    expect(box?.width).toBeLessThanOrEqual(400)
    expect(box?.height).toBeLessThanOrEqual(400)
    expect(box?.height).toBeGreaterThanOrEqual(60)
  }
  await expectUnharmed()
})

test('names of files stay inside their bubble, and are never paths', async () => {
  const names = [
    '😀'.repeat(127),
    '..\\..\\x',
    '../../../etc/passwd',
    'CON.txt',
    'photo\u202Egpj.exe',
    'a\0b.txt',
  ]
  const messages = await receive(
    'Strange Names',
    names.map((name) => ({ bytes: truth, body: { kind: 'file', name } })),
  )
  for (const message of messages) {
    await message.scrollIntoViewIfNeeded()
    expect(await message.innerText()).not.toMatch(/[\u202A-\u202E\0]/u)
    expect((await message.boundingBox())?.height ?? Infinity).toBeLessThan(200)
    await message.getByRole('button').first().click()
  }
  await expect.poll(() => mediaFiles().length).toBeGreaterThan(0)
  await expectUnharmed()
})
