/** The list of transfers and the settings of the space that files take, over preset stores. */
import { type BrowserContextOptions, expect, type Page } from '@playwright/test'
import { axeFindings } from '../support/axe.ts'
import { test } from '../support/gallery/test.ts'

const still: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }

let page: Page
let url: string

test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage(still)
  await page.setViewportSize({ width: 1200, height: 800 })
})

async function open(scenario: string, params = ''): Promise<void> {
  await page.goto(`${url}?scenario=${scenario}${params}`)
  await expect(page.locator('main')).toBeVisible()
}

const calls = (name: string): Promise<unknown[][]> =>
  page.evaluate(
    (wanted) => (window.gallery?.calls ?? []).filter((call) => call.name === wanted).map((call) => call.args),
    name,
  )
const item = () => page.getByRole('button', { name: '4 files on their way' })
const list = () => page.getByRole('dialog', { name: 'Files on their way' })
const rows = () => list().getByRole('listitem')

test('the list shows every state, and what can be done', async () => {
  await open('media-transfers')
  await item().click()
  await expect(rows()).toHaveCount(6)
  await expect(rows().nth(0)).toContainText('Film.zip')
  await expect(rows().nth(1)).toContainText('Waiting to send')
  await expect(rows().nth(2)).toContainText('Paused')
  await expect(rows().nth(4).getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(rows().nth(5).getByRole('button', { name: 'Try again' })).toHaveCount(0)
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => {
      window.gallery?.store.setState(({ settings }) => ({
        settings: settings && { ...settings, theme: wanted },
      }))
    }, theme)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    expect(await axeFindings(page, { disabledRules: ['region'] }), theme).toEqual([])
  }
})

test('the list works by keyboard, and keeps the focus when a row goes', async () => {
  await open('media-transfers')
  // It takes the focus when the chat opens.
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused()
  await item().focus()
  await page.keyboard.press('Enter')
  await rows().nth(2).getByRole('button', { name: 'Continue' }).focus()
  await page.keyboard.press('Enter')
  await expect(rows().nth(2).getByRole('button', { name: 'Pause' })).toBeVisible()
  await rows().nth(4).getByRole('button', { name: 'Remove from the list' }).focus()
  await page.keyboard.press('Enter')
  await expect(rows()).toHaveCount(5)
  await expect(list()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list()).toHaveCount(0)
  await expect(item()).toBeFocused()
})

test('screen readers hear the start, a failure and the end only', async () => {
  await open('media-transfers')
  const said = page.getByRole('status').filter({ hasText: /file/u })
  await expect(said).toHaveText('2 files couldn’t be downloaded')
  await page.evaluate(() => window.gallery?.store.setState({ listed: new Map() }))
  await expect(
    page.getByRole('status').filter({ hasText: 'No files are on their way any more.' }),
  ).toHaveCount(1)
})

test('one click frees the space, and says how much', async () => {
  await open('settings-storage')
  await expect(page.getByRole('heading', { name: /on this computer$/u })).toBeVisible()
  await page.getByRole('button', { name: 'Free up space' }).click()
  await expect(page.getByText(/^Freed/u)).toBeVisible()
  expect(await calls('storage.free')).toEqual([[null]])
  await expect(page.getByText('No chat has files on this computer.')).toBeVisible()
})

test('a chat is cleared, and its files are listed to keep them', async () => {
  await open('settings-storage')
  await page.getByRole('button', { name: /^Clear .*Ana/u }).click()
  await expect(page.getByText(/^Freed/u)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Clear .*Ana/u })).toHaveCount(0)
  await page.getByRole('button', { name: /^Ben Okafor/u }).click()
  await expect(page.getByRole('dialog', { name: 'Ben Okafor' })).toContainText(
    'No files of this chat are on this computer.',
  )
})

test('settings of storage and of automatic downloads are stored', async () => {
  await open('settings-storage')
  await page.getByRole('combobox', { name: 'Keep at most' }).click()
  await page.getByRole('option', { name: '5 GB' }).click()
  await page.getByRole('combobox', { name: 'Videos' }).click()
  await page.getByRole('option', { name: 'Any size' }).click()
  await page.getByRole('switch', { name: 'Also on metered connections' }).click()
  const patches = await calls('updateSettings')
  expect(patches).toMatchObject([
    [{ storageLimit: 5_000_000_000 }],
    [{ autoDownload: { video: 104_857_600, photo: 10_000_000 } }],
    [{ autoDownloadMetered: true }],
  ])
})
