import { join } from 'node:path'
import type { Person } from '../../tests/support/people.ts'
import type { TcpProxy } from '../../tests/support/tcp-proxy.ts'
import { step } from './console.ts'
import { demoMediaDirectory } from './demo-media.ts'
import type { Camera } from './tour-camera.ts'

/** Files before they are sent, in the chat, large, and all together. */
export async function tourOfMedia(
  person: Person,
  { shootEveryWay }: Camera,
  storage: TcpProxy,
): Promise<void> {
  const { app } = person
  const { page } = app
  step('Photos, a video, a voice note and a document')
  await app.openChat('Lake weekend')
  await scrollTo(person, 0)
  await app.messages.getByRole('button', { name: /^Open photo, 3 of 3/u }).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[role=log] img[src*=media]').length > 2)
  await shootEveryWay(person, 'album')
  await app.messages.getByRole('button', { name: 'Open photo, 2 of 3' }).click()
  await page.getByRole('dialog').locator('img').first().waitFor()
  await shootEveryWay(person, 'viewer')
  await page.keyboard.press('Escape')

  await scrollTo(person, 1e6)
  const video = app.messages.getByRole('button', { name: /video/u })
  await video.scrollIntoViewIfNeeded()
  await app.messages.getByRole('group', { name: 'Voice message' }).scrollIntoViewIfNeeded()
  await shootEveryWay(person, 'files')
  await video.click()
  await app.messages.getByRole('button', { name: /^Play video/u }).click()
  await app.messages.locator('video').waitFor()
  await shootEveryWay(person, 'video')

  step('The media of a group')
  await app.openDetails()
  await app.button('Photos, files and links').click()
  await page.getByRole('tablist').waitFor()
  await shootEveryWay(person, 'gallery')
  await app.button('Close details').click()

  step('Files are dropped and prepared')
  await app.openChat('Ben Demo')
  await dragOver(person)
  await shootEveryWay(person, 'drop')
  await app.messages.dispatchEvent('dragleave')
  const photos = ['lake.webp', 'jetty.webp', 'cabin.webp'].map((name) => join(demoMediaDirectory, name))
  await page.locator('[data-pick="pictures"]').setInputFiles(photos)
  const sheet = page.getByRole('dialog')
  await sheet.locator('img').nth(2).waitFor()
  await sheet.getByRole('textbox').fill('Shall we go back?')
  await shootEveryWay(person, 'staging')
  await sheet.getByRole('textbox').fill('')
  await app.button('Cancel').click()
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Close' }).click()

  step('A voice note')
  await app.button('Record a voice message').click()
  const recorder = app.conversation.getByRole('group', { name: 'New voice message' })
  await recorder.getByText('0:03').waitFor()
  await recorder.getByRole('button', { name: 'Pause' }).click()
  await shootEveryWay(person, 'voice')
  await recorder.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()

  step('What is on its way while Storage cannot be reached, and the space that files take')
  await page.locator('[data-pick="pictures"]').setInputFiles(photos)
  await sheet.locator('img').nth(2).waitFor()
  storage.cut()
  await sheet.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /file/u }).click()
  const transfers = page.getByRole('dialog', { name: 'Files on their way' })
  await transfers.getByText('Waiting to send').first().waitFor()
  await shootEveryWay(person, 'transfers')
  await page.keyboard.press('Escape')
  storage.restore()
  await app.openSettings('Storage and data')
  await page.getByRole('main').getByText('Ben Demo').waitFor()
  await shootEveryWay(person, 'storage')
  await app.button('Back').click()

  step(`${person.name} looks at their own photo`)
  await (await app.openSettings()).getByRole('button', { name: person.name }).click()
  await app.button('Change photo').waitFor()
  await shootEveryWay(person, 'profile-photo')
  await app.button('Back').click()
}

/** Scrolls the messages. `top`: in px from the oldest one that is loaded. */
async function scrollTo({ app }: Person, top: number): Promise<void> {
  await app.messages.evaluate((element, to) => {
    element.scrollTop = to
  }, top)
}

/** Drags a file over the open chat and does not drop it. */
async function dragOver({ app }: Person): Promise<void> {
  await app.messages.evaluate((element) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'lake.webp', { type: 'image/webp' }))
    element.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }))
  })
}
