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
  await scrollTo(person, 0)
  await app.messages.getByRole('button', { name: /^Open photo, 3 of 3/u }).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[role=log] img[src*=media]').length > 2)
  await everyWay('album')
  await app.messages.getByRole('button', { name: 'Open photo, 2 of 3' }).click()
  await page.getByRole('dialog').locator('img').first().waitFor()
  await everyWay('viewer')
  await page.keyboard.press('Escape')

  await scrollTo(person, 1e6)
  const video = app.messages.getByRole('button', { name: /video/u })
  await video.scrollIntoViewIfNeeded()
  await app.messages.getByRole('group', { name: 'Voice message' }).scrollIntoViewIfNeeded()
  await shoot(person, 'files')
  await video.click()
  await app.messages.getByRole('button', { name: /^Play video/u }).click()
  await app.messages.locator('video').waitFor()
  await shoot(person, 'video')

  step('The media of a group')
  await app.openDetails()
  await app.button('Photos, files and links').click()
  await page.getByRole('tablist').waitFor()
  await everyWay('gallery')
  await app.button('Close details').click()

  step('Files are dropped and prepared')
  await app.openChat('Ben Demo')
  await dragOver(person)
  await shoot(person, 'drop')
  await app.messages.dispatchEvent('dragleave')
  const photos = ['lake.webp', 'jetty.webp', 'cabin.webp'].map((name) => join(demoMediaDirectory, name))
  await page.locator('[data-pick="pictures"]').setInputFiles(photos)
  const sheet = page.getByRole('dialog')
  await sheet.locator('img').nth(2).waitFor()
  await sheet.getByRole('textbox').fill('Shall we go back?')
  await everyWay('staging')
  await sheet.getByRole('textbox').fill('')
  await app.button('Cancel').click()
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Close' }).click()

  step(`${person.name} looks at their own photo`)
  await (await app.openSettings()).getByRole('button', { name: person.name }).click()
  await app.button('Change photo').waitFor()
  await shoot(person, 'profile-photo')
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
