/** Files that one person sends to another: staged across a restart, then uploaded and delivered. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
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

const page = (): Page => ada.app.page
const sheet = (): Locator => page().getByRole('dialog')
const pictures = (): Locator => sheet().getByRole('list', { name: 'Files to send' }).locator('img')
const sendButton = (): Locator => sheet().getByRole('button', { name: 'Send', exact: true })
const bar = (): Locator => page().getByText(/ready to send$/u)

interface TestFile {
  name: string
  mimeType: string
  buffer: Buffer
}

const pick = (files: TestFile[]): Promise<void> =>
  page().locator('[data-pick="pictures"]').setInputFiles(files)

/** Returns a second of a changing picture, as Chromium records it, or a photo of it. */
async function film(kind: 'video' | 'photo'): Promise<TestFile> {
  const base64 = await page().evaluate(async (wanted) => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const context = canvas.getContext('2d')
    const draw = (hue: number): void => {
      if (context === null) return
      context.fillStyle = `hsl(${String(hue)} 80% 50%)`
      context.fillRect(0, 0, 320, 180)
    }
    const record = async (): Promise<Blob> => {
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' })
      const parts: Blob[] = []
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      recorder.start()
      for (let hue = 0; hue < 360; hue += 12) {
        draw(hue)
        await new Promise((resolve) => setTimeout(resolve, 40))
      }
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
      recorder.stop()
      await stopped
      return new Blob(parts)
    }
    draw(0)
    const blob =
      wanted === 'video'
        ? await record()
        : await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'))
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? [])
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }, kind)
  const file = kind === 'video' ? ['waves.webm', 'video/webm'] : ['pier.jpg', 'image/jpeg']
  const [name = '', mimeType = ''] = file
  return { name, mimeType, buffer: Buffer.from(base64, 'base64') }
}

test('staged files survive a restart, with their pictures and their caption', async () => {
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Wait, I have pictures')
  await pick([
    await film('photo'),
    await film('video'),
    { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('A plan') },
  ])
  await expect(sheet().getByRole('heading')).toHaveText('Send 3 items')
  await expect(pictures()).toHaveCount(2)
  await expect(sendButton()).not.toHaveAttribute('aria-disabled')
  await sheet().getByRole('textbox').fill('From the pier')
  await page().keyboard.press('Escape')
  await expect(bar()).toHaveText('3 files ready to send')
  await expect(ada.app.composer).toHaveValue('From the pier')

  await ada.quit()
  await ada.start()
  await ada.app.openChat(ben.name)
  await expect(bar()).toHaveText('3 files ready to send')
  await page().getByRole('button', { name: 'Show', exact: true }).click()
  await expect(pictures()).toHaveCount(2)
  await expect(sheet().getByRole('textbox')).toHaveValue('From the pier')
})

test('they are uploaded and delivered in their order', async () => {
  await sendButton().click()
  await expect(sheet()).toHaveCount(0)
  await expect(bar()).toHaveCount(0)
  await expect(ada.app.composer).toHaveValue('')
  // The file was the last of the three.
  await expect(ben.app.chatRow(ada.name)).toContainText('plan.txt')
  await expect(ben.app.chatRow(ada.name)).toContainText('4 unread messages')
  await ben.app.openChat(ada.name)
  await expect(ben.app.messages.getByText('From the pier')).toBeVisible()
})

test('a file that is opened with the app is staged in the chat that the person chooses', async () => {
  const path = join(ada.userData, 'itinerary.txt')
  writeFileSync(path, 'Day one')
  await ada.perch.secondInstance(path)
  await expect(sheet().getByRole('heading')).toHaveText('Send 1 file to…')
  await sheet().getByRole('button', { name: ben.name }).click()
  await expect(sheet().getByRole('heading')).toHaveText('Send file')
  await expect(sendButton()).not.toHaveAttribute('aria-disabled')
  await sendButton().click()
  await expect(ben.app.messages.getByText('itinerary')).toBeVisible()
})

test('a photo of the camera is taken and delivered, and the camera is allowed only meanwhile', async () => {
  const requestCamera = (): Promise<string> =>
    page().evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        (stream) => {
          for (const track of stream.getTracks()) track.stop()
          return 'granted'
        },
        (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
      ),
    )
  expect(await requestCamera()).toBe('NotAllowedError')
  await ada.app.button('Attach').click()
  await page().getByRole('menuitem', { name: 'Take a photo' }).click()
  const take = sheet().getByRole('button', { name: 'Take photo', exact: true })
  await expect(take).not.toHaveAttribute('aria-disabled')
  expect(await requestCamera()).toBe('granted')
  await take.click()
  await sheet().getByRole('button', { name: 'Use photo', exact: true }).click()
  await expect.poll(requestCamera).toBe('NotAllowedError')
  await expect(sheet().getByRole('heading')).toHaveText('Send photo')
  await sheet().getByRole('textbox').fill('Me, just now')
  await expect(sendButton()).not.toHaveAttribute('aria-disabled')
  await sendButton().click()
  await expect(ben.app.messages.getByText('Me, just now')).toBeVisible()
})
