/** The recorder and the player over preset stores, with a microphone and sounds that exist only in the page. */
import { type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test'
import { test } from '../support/gallery/test.ts'

const still: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }

let page: Page
let url: string

test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage(still)
})

async function open(scenario: string): Promise<void> {
  await page.setViewportSize({ width: 1200, height: 800 })
  await page.goto(`${url}?scenario=${scenario}`)
  await expect(composer()).toBeVisible()
}

const composer = (): Locator => page.getByRole('textbox', { name: 'Message' })
const mic = (): Locator => page.getByRole('button', { name: 'Record a voice message' })
const bar = (): Locator => page.getByRole('group', { name: 'New voice message' })
const note = (n: number): Locator => page.locator(`[data-message-id$="${String(n).padStart(10, '0')}"]`)
const button = (within: Locator, name: string): Locator => within.getByRole('button', { name, exact: true })
const calls = (name: string): Promise<unknown[][]> =>
  page.evaluate(
    (wanted) =>
      [...(window.gallery?.calls ?? []), ...(window.gallery?.conversation.calls ?? [])]
        .filter((call) => call.name === wanted)
        .map((call) => call.args),
    name,
  )

test('the keyboard alone records, pauses, listens and sends', async () => {
  await open('voice-notes')
  await expect(composer()).toBeFocused()
  await page.keyboard.press('ControlOrMeta+Shift+R')
  await expect(bar()).toBeFocused()
  await expect(bar().getByText('0:01')).toBeVisible()
  await button(bar(), 'Pause').press('Enter')
  await expect(button(bar(), 'Continue')).toBeVisible()
  await button(bar(), 'Stop and listen').press('Enter')
  await button(bar(), 'Play').press('Enter')
  await expect(button(bar(), 'Pause')).toBeVisible()
  await bar().focus()
  await page.keyboard.press('Enter')
  await expect(composer()).toBeFocused()
  expect(await calls('send')).toMatchObject([[{ kind: 'voice' }]])
})

test('holding the button records until it is released', async () => {
  await open('voice-notes')
  await mic().hover()
  await page.mouse.down()
  await expect(bar().getByText('0:01')).toBeVisible()
  await page.mouse.up()
  await expect(composer()).toBeVisible()
  expect(await calls('send')).toHaveLength(1)

  await mic().hover()
  await page.mouse.down()
  await expect(bar().getByText('0:01')).toBeVisible()
  await page.mouse.move(600, 300)
  await page.mouse.up()
  await expect(button(bar(), 'Play')).toBeVisible()
  expect(await calls('send')).toHaveLength(1)
})

test('Escape deletes a short recording at once, and asks about a longer one', async () => {
  await open('voice-notes')
  await mic().click()
  await expect(bar().getByText('0:01')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(composer()).toBeFocused()

  await mic().click()
  await expect(bar().getByText('0:03')).toBeVisible()
  await page.keyboard.press('Escape')
  const question = page.getByRole('alertdialog', { name: 'Delete this voice message?' })
  await button(question, 'Keep').click()
  await expect(button(bar(), 'Continue')).toBeVisible()
  await expect(bar()).toBeFocused()
  await page.keyboard.press('Escape')
  await button(question, 'Delete').click()
  await expect(composer()).toBeVisible()
  expect(await calls('send')).toEqual([])
})

test('a recording waits in its chat while another chat is open', async () => {
  await open('voice-notes')
  await mic().click()
  await expect(bar().getByText('0:01')).toBeVisible()
  // Where the focus is on something else, the key closes the chat.
  await page.getByRole('log').focus()
  await page.keyboard.press('Escape')
  await expect(mic()).toHaveCount(0)
  await page.getByRole('list', { name: 'Chats' }).getByRole('button').first().click()
  await expect(button(bar(), 'Play')).toBeVisible()
})

for (const [error, words] of [
  ['NotAllowedError', 'Perch can’t use your microphone.'],
  ['NotFoundError', 'Perch can’t find a microphone.'],
  ['NotReadableError', 'Another app is using your microphone.'],
] as const) {
  test(`says what to do after ${error}`, async () => {
    await open('voice-notes')
    await page.evaluate((name) => {
      if (window.gallery) window.gallery.voice.failure.name = name
    }, error)
    await mic().click()
    await expect(bar().getByRole('alert')).toContainText(words)
    await page.evaluate(() => {
      if (window.gallery) window.gallery.voice.failure.name = null
    })
    await button(bar(), 'Try again').click()
    await expect(button(bar(), 'Stop and listen')).toBeVisible()
  })
}

test('the next unheard note follows, and plays on out of view', async () => {
  await open('voice-notes')
  const unheard = page.getByRole('img', { name: 'Not played yet' })
  await expect(unheard).toHaveCount(3)
  await button(note(4), 'Play').click()
  await expect(unheard).toHaveCount(2)
  await note(4).getByRole('slider').press('End')
  await expect(button(note(5), 'Pause')).toBeVisible()
  await expect(unheard).toHaveCount(1)

  await button(note(5), 'Speed: 1×').click()
  await expect(button(note(5), 'Speed: 1.5×')).toBeVisible()
  await button(note(5), 'Pause').click()
  await page.keyboard.press('Escape')
  const player = page.getByRole('region', { name: 'Playing' })
  await expect(player).toContainText('Ada Lovelace')
  await button(player, 'Play').click()
  await expect(button(player, 'Pause')).toBeVisible()
  await button(player, 'Stop playing').click()
  await expect(player).toHaveCount(0)
})

test('the arrow keys move in a note, and not in the list', async () => {
  await open('voice-notes')
  await button(note(4), 'Play').click()
  await button(note(4), 'Pause').click()
  const slider = note(4).getByRole('slider')
  await slider.press('Home')
  await expect(slider).toHaveAttribute('aria-valuenow', '0')
  await slider.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuenow', '3')
  await slider.press('ArrowLeft')
  await expect(slider).toHaveAttribute('aria-valuetext', '0:00 of 0:03')
  await expect(slider).toBeFocused()
})

test('an audio file plays in its bubble', async () => {
  await open('voice-sounds')
  await button(note(23), 'Play').click()
  await expect(button(note(23), 'Pause')).toBeVisible()
  await expect(note(23).getByRole('slider')).toHaveAttribute('aria-valuemax', '3')
})

test('a video has its size before it plays, and says when it cannot', async () => {
  await open('voice-sounds')
  const before = await note(22).boundingBox()
  await note(22)
    .getByRole('button', { name: /^Play video/u })
    .click()
  await expect(note(22).getByText('Can’t be played here')).toBeVisible()
  expect(await note(22).boundingBox()).toEqual(before)
})
