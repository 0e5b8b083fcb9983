import { join } from 'node:path'
import type { Person } from '../../tests/support/people.ts'
import { step } from './console.ts'
import { demoMediaDirectory } from './demo-media.ts'

interface TourOptions {
  /** A member of the demo group. */
  person: Person
  shoot: (person: Person, name: string) => Promise<void>
  /** Runs the task while the window is narrow. */
  narrowly: (person: Person, task: () => Promise<void>) => Promise<void>
  /** Runs the task while the page is laid out from right to left. */
  mirrored: (person: Person, task: () => Promise<void>) => Promise<void>
}

/** Files before they are sent, in the chat, large, and all together. */
export async function tourOfMedia({ person, shoot, narrowly, mirrored }: TourOptions): Promise<void> {
  const { app } = person
  const { page } = app
  /** The screen as it is, narrow, and from right to left. */
  const everyWay = async (name: string): Promise<void> => {
    await shoot(person, name)
    await narrowly(person, () => shoot(person, `${name}-narrow`))
    await mirrored(person, () => shoot(person, `${name}-right-to-left`))
  }

  step('Photos, a video, a voice note and a document')
  await app.openChat('Lake weekend')
  await app.messages.getByRole('button', { name: /^Open photo, 1 of 3/u }).scrollIntoViewIfNeeded()
  await everyWay('album')
  await app.messages.getByRole('group', { name: 'Voice message' }).scrollIntoViewIfNeeded()
  await app.messages.getByRole('button', { name: 'Open file' }).scrollIntoViewIfNeeded()
  await everyWay('files')

  await app.messages.getByRole('button', { name: 'Play video' }).click()
  await page.getByRole('dialog').locator('video').waitFor()
  await shoot(person, 'video')
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('dialog').getByRole('img').first().waitFor()
  await everyWay('viewer')
  await page.keyboard.press('Escape')

  step('The media of a group')
  await app.openDetails()
  await shoot(person, 'group-photo')
  await app.button('Photos, files and links').click()
  await page.getByRole('tablist').waitFor()
  await everyWay('gallery')
  await app.button('Close details').click()

  step('Files are dropped and prepared')
  await app.openChat('Ben Demo')
  await dragOver(person)
  await shoot(person, 'drop')
  await page.locator('main').dispatchEvent('dragleave')
  const photos = ['lake.webp', 'jetty.webp', 'cabin.webp'].map((name) => join(demoMediaDirectory, name))
  await page.locator('[data-pick="pictures"]').setInputFiles(photos)
  const sheet = page.getByRole('dialog')
  await sheet.locator('img').nth(2).waitFor()
  await sheet.getByRole('textbox').fill('Shall we go back?')
  await everyWay('staging')
  await app.button('Cancel').click()

  step(`${person.name} looks at their own photo`)
  await app.openSettings('General')
  await page.getByRole('button', { name: /photo/iu }).first().click()
  await shoot(person, 'profile-photo')
  await page.keyboard.press('Escape')
  await app.button('Back').click()
}

/** Drags a file over the open chat and does not drop it. */
async function dragOver({ app }: Person): Promise<void> {
  await app.messages.evaluate((element) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'lake.webp', { type: 'image/webp' }))
    element.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }))
  })
}
