/** Photos, albums and files in the conversation, the viewer, and the media of a chat, over preset stores. */
import { type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test'
import { test } from '../support/gallery/test.ts'

const still: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }
const WIDE = { width: 1200, height: 800 }

let page: Page
let url: string

test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage(still)
})

async function open(scenario: string, size = WIDE): Promise<void> {
  await page.setViewportSize(size)
  await page.goto(`${url}?scenario=${scenario}`)
  await expect(page.locator('main')).toBeVisible()
  await page.evaluate(() => document.fonts.ready)
}

const calls = (name: string): Promise<unknown[][]> =>
  page.evaluate(
    (wanted) => (window.gallery?.calls ?? []).filter((call) => call.name === wanted).map((call) => call.args),
    name,
  )
const log = (): Locator => page.getByRole('log')
const message = (n: number): Locator => page.locator(`[data-message-id$="${String(n).padStart(10, '0')}"]`)
const viewer = (): Locator => page.getByRole('dialog', { name: 'Photos and videos' })
const scrollTo = (top: number): Promise<void> =>
  log().evaluate((element, to) => {
    element.scrollTop = to
  }, top)

test('a photo has its size before its file is here, and nothing moves when it arrives', async () => {
  await open('media-blurred')
  await scrollTo(0)
  const photo = message(1)
  await expect(photo.getByRole('button', { name: /^Download photo/u })).toBeVisible()
  const before = await photo.boundingBox()
  await page.evaluate(() => {
    window.gallery?.store.setState(({ files }) => ({
      files: new Map([...files.keys()].map((sha256) => [sha256, true])),
    }))
  })
  await expect(photo.getByRole('button', { name: 'Open photo' })).toBeVisible()
  expect(await photo.boundingBox()).toEqual(before)
})

test('the estimated heights of photos, albums and files are exact', async () => {
  for (const scenario of ['media-photos', 'media-files', 'media-covers']) {
    await open(scenario)
    const heightOf = (): Promise<number> => log().evaluate((element) => element.scrollHeight)
    const estimated = await heightOf()
    await scrollTo(0)
    for (let top = 0; top < estimated; top += 600) await scrollTo(top)
    // A long caption is estimated by its number of characters.
    expect(Math.abs((await heightOf()) - estimated)).toBeLessThanOrEqual(60)
  }
})

test('only photos in view are downloaded by themselves, and none over a metered connection', async () => {
  const arrive = (): Promise<void> =>
    page.evaluate(() => {
      window.gallery?.store.setState(({ files }) => ({
        connection: 'online',
        files: new Map([...files.keys()].map((sha256) => [sha256, false])),
      }))
    })
  await open('media-5000')
  await arrive()
  await expect.poll(async () => (await calls('download')).length).toBeGreaterThan(0)
  expect((await calls('download')).length).toBeLessThan(30)

  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
  })
  await open('media-5000')
  await arrive()
  await expect(page.getByRole('button', { name: /^Download photo/u }).first()).toBeVisible()
  expect(await calls('download')).toEqual([])
})

test('a file that is away can be downloaded, cancelled and tried again', async () => {
  await open('media-states')
  await scrollTo(0)
  await message(1)
    .getByRole('button', { name: /^Download photo/u })
    .click()
  await expect(message(1).getByRole('button', { name: 'Open photo' })).toBeVisible()
  await message(2).getByRole('button', { name: 'Cancel download' }).click()
  expect(await calls('cancelDownload')).toHaveLength(1)
  await message(3)
    .getByRole('button', { name: /Try again$/u })
    .click()
  expect(await calls('download')).toHaveLength(2)
  await expect(message(4).getByRole('button', { name: 'No longer available' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('an upload can be paused, continued and cancelled', async () => {
  await open('media-states')
  await message(11).getByRole('button', { name: 'Pause' }).click()
  await message(11).getByRole('button', { name: 'Continue' }).click()
  expect(await calls('pause')).toHaveLength(1)
  expect(await calls('resume')).toHaveLength(1)
  await message(11).getByRole('button', { name: 'Cancel sending' }).click()
  await expect(message(11)).toHaveCount(0)
})

test('each photo of an album has the focus and the menu of its message', async () => {
  await open('media-photos')
  await message(52).getByRole('button').or(message(52)).first().focus()
  await page.keyboard.press('ArrowUp')
  await expect(message(51)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(message(50)).toBeFocused()
  await expect(message(50)).toHaveAccessibleName('Open photo, 1 of 3')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Copy photo' }).click()
  expect(await calls('copyImage')).toHaveLength(1)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Save as…' }).click()
  expect((await calls('saveAs'))[0]?.[1]).toMatch(/^Perch image .*\.jpg$/u)
})

test('a photo that was saved can be shown in its folder', async () => {
  await open('media-photos')
  await message(50).focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Save as…' }).click()
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Show in folder' }).click()
  expect(await calls('showSaved')).toHaveLength(1)

  const inViewer = viewer().getByRole('button', { name: 'Show in folder' })
  await message(50).click()
  await inViewer.click()
  expect(await calls('showSaved')).toHaveLength(2)
  await page.keyboard.press('ArrowRight')
  await expect(inViewer).toHaveCount(0)
  await viewer().getByRole('button', { name: 'Save as…' }).click()
  await expect(inViewer).toBeVisible()
})

test('a photo that is here is dragged out of the window, by main', async () => {
  await open('media-photos')
  await message(50).dispatchEvent('dragstart')
  const [[, name] = []] = await calls('dragOut')
  expect(name).toMatch(/^Perch image .*\.jpg$/u)
  await open('media-blurred')
  await scrollTo(0)
  await message(1)
    .getByRole('button', { name: /^Download photo/u })
    .dispatchEvent('dragstart')
  expect(await calls('dragOut')).toEqual([])
})

test('the viewer moves through the photos of the chat and returns the focus to the message', async () => {
  await open('media-photos')
  await message(50).click()
  await expect(viewer()).toBeVisible()
  const position = viewer().getByRole('status')
  await expect(position).toContainText('21 of 23')
  await page.keyboard.press('ArrowRight')
  await expect(position).toContainText('22 of 23')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(position).toContainText('20 of 23')
  await viewer().getByRole('button', { name: 'Copy photo' }).click()
  expect(await calls('copyImage')).toHaveLength(1)
  await page.keyboard.press('Escape')
  await expect(viewer()).toHaveCount(0)
  await expect(message(50)).toBeFocused()
})

test('the viewer zooms to the pointer, turns, and shows the whole photo again', async () => {
  await open('media-viewer')
  const picture = viewer().getByRole('img', { name: /^Photo from/u })
  const whole = await picture.boundingBox()
  if (whole === null) throw new Error('the photo is shown')
  const share = { x: 0.4, y: 0.6 }
  const point = { x: whole.x + share.x * whole.width, y: whole.y + share.y * whole.height }
  await page.mouse.move(point.x, point.y)
  await page.mouse.wheel(0, -400)
  await expect.poll(async () => (await picture.boundingBox())?.width).toBeGreaterThan(whole.width * 2)
  const large = await picture.boundingBox()
  if (large === null) throw new Error('the photo is shown')
  expect((point.x - large.x) / large.width).toBeCloseTo(share.x, 2)
  expect((point.y - large.y) / large.height).toBeCloseTo(share.y, 2)

  await page.mouse.down()
  await page.mouse.move(point.x - 100, point.y - 60)
  await page.mouse.up()
  const moved = await picture.boundingBox()
  expect(moved?.x).toBeCloseTo(large.x - 100, 0)

  await page.keyboard.press('0')
  expect(await picture.boundingBox()).toEqual(whole)
  await page.keyboard.press('+')
  await page.keyboard.press('-')
  await page.keyboard.press('r')
  const turned = await picture.boundingBox()
  expect((turned?.height ?? 0) > (turned?.width ?? 0)).toBe(true)
})

test('the viewer goes to the message', async () => {
  await open('media-pane')
  await page
    .getByRole('button', { name: /^Photo from/u })
    .nth(20)
    .click()
  await viewer().getByRole('button', { name: 'Go to message' }).click()
  await expect(viewer()).toHaveCount(0)
  const focused = page.locator('article:focus')
  await expect(focused).toBeInViewport()
  await expect(focused.getByRole('button', { name: 'Open photo' })).toBeVisible()
})

test('the media of a chat are listed by month and kind', async () => {
  await open('media-pane')
  const pane = page.getByRole('region', { name: 'Photos, files and links' })
  await expect(pane.getByRole('heading', { level: 3 }).first()).toHaveText('October 2026')
  await page.getByRole('tab', { name: 'Photos' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(pane.getByText('Garden plan 2026')).toBeVisible()
  await page.getByRole('tab', { name: 'Links' }).click()
  await pane.getByRole('button', { name: /example\.org\/beans/u }).click()
  expect(await calls('openLink')).toEqual([['https://example.org/beans']])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Details' })).toBeVisible()
  await page.getByRole('button', { name: 'Photos, files and links' }).click()
  await expect(pane).toBeVisible()
})

test('a document shows its first page in the chat and in the list, whether its file is here or not', async () => {
  await open('media-pane-covers')
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    const cover = message(n).locator('img')
    await expect(cover).toHaveAttribute('alt', '')
    await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(107)
    expect(await cover.boundingBox()).toMatchObject({ width: 44, height: 44 })
  }
  await expect(message(3).getByRole('img', { name: 'Download' })).toBeVisible()
  await page.getByRole('tab', { name: 'Files' }).click()
  const pane = page.getByRole('region', { name: 'Photos, files and links' })
  await expect(pane.locator('img')).toHaveCount(7)
  expect(await pane.locator('img').first().boundingBox()).toMatchObject({ width: 40, height: 40 })
})

test('names of files show their extension and keep the direction of the page', async () => {
  await open('media-hostile', { width: 600, height: 800 })
  const program = message(6)
  await program.scrollIntoViewIfNeeded()
  await expect(program.getByText('holiday gpj')).toBeVisible()
  await expect(program.getByText('.exe', { exact: true })).toBeInViewport()
  const long = message(8)
  await long.scrollIntoViewIfNeeded()
  await expect(long.getByText('.exe', { exact: true })).toBeInViewport()
  const width = (await long.locator('button').first().boundingBox())?.width ?? 0
  expect(width).toBeLessThanOrEqual(300)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(600)
})

test('a file that is no picture says so', async () => {
  await open('media-hostile')
  await scrollTo(900)
  await expect(message(4).getByText('Can’t be shown')).toBeVisible()
})
