/** Previews of links: in the composer and in bubbles over a preset store, then between two app instances with a web server of this machine. */
import { type BrowserContextOptions, expect, type Locator, test } from '@playwright/test'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { test as gallery } from '../support/gallery/test.ts'
import { signUp, type Person } from '../support/people.ts'

const contextOptions: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }
const GARDEN = 'https://www.example.org/garden'
const composerOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Message', exact: true })
const removeOf = (page: Page): Locator => page.getByRole('button', { name: 'Remove the preview' })

gallery.describe('the preview of a draft', () => {
  let page: Page
  gallery.beforeEach(async ({ gallery: shown }) => {
    page = await shown.blankPage(contextOptions)
    await page.setViewportSize({ width: 1100, height: 760 })
    await page.goto(`${shown.url}?scenario=conversation-link-draft`)
    await expect(removeOf(page)).toBeVisible()
  })
  const sent = (): Promise<unknown> =>
    page.evaluate(() =>
      window.gallery?.conversation.calls.filter(({ name }) => name === 'send').map(({ args }) => args[0]),
    )

  gallery('is sent with the text', async () => {
    await composerOf(page).press('Enter')
    await expect(removeOf(page)).toHaveCount(0)
    expect(await sent()).toMatchObject([
      {
        kind: 'text',
        text: `Have you seen ${GARDEN}?`,
        link: { url: GARDEN, title: 'A garden on the roof' },
      },
    ])
  })

  gallery('is removed by keyboard, and stays away from this draft only', async () => {
    await composerOf(page).press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await expect(removeOf(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(removeOf(page)).toHaveCount(0)
    await expect(composerOf(page)).toBeFocused()
    await page.keyboard.press('End')
    await page.keyboard.type(' It is new.')
    await page.waitForTimeout(1000)
    await expect(removeOf(page)).toHaveCount(0)
    await page.keyboard.press('Enter')
    expect(await sent()).toEqual([{ kind: 'text', text: `Have you seen ${GARDEN}? It is new.` }])
    await page.keyboard.type(GARDEN)
    await expect(removeOf(page)).toBeVisible()
  })

  gallery('goes with its link', async () => {
    await composerOf(page).fill('Have you seen https://example.net?')
    await expect(removeOf(page)).toHaveCount(0)
    await composerOf(page).press('Enter')
    expect(await sent()).toEqual([{ kind: 'text', text: 'Have you seen https://example.net?' }])
  })

  gallery('is not waited for', async ({ gallery: shown }) => {
    await page.goto(`${shown.url}?scenario=conversation-links`)
    await composerOf(page).click()
    await page.keyboard.insertText(GARDEN)
    await page.keyboard.press('Enter')
    expect(await sent()).toEqual([{ kind: 'text', text: GARDEN }])
    await expect(removeOf(page)).toHaveCount(0)
  })

  gallery('is shown above the text, and opens as its link does', async ({ gallery: shown }) => {
    await page.goto(`${shown.url}?scenario=conversation-links`)
    const bubble = page.getByRole('article').filter({ hasText: 'Look:' })
    const card = bubble.getByRole('link', { name: /A garden on the roof.*example\.org/u })
    await card.click()
    await card.press('Enter')
    const opened = await page.evaluate(() =>
      window.gallery?.calls.filter(({ name }) => name === 'openLink').map(({ args }) => args[0]),
    )
    expect(opened).toEqual([GARDEN, GARDEN])
    const other = page.getByRole('article').filter({ hasText: 'leads elsewhere' })
    await expect(other.getByRole('link')).toHaveCount(1)
  })
})

/** A picture of 2 × 1 pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==',
  'base64',
)

test.describe('between two people', () => {
  let web: Server
  let origin: string
  let requests: string[]
  let ada: Person
  let ben: Person

  test.beforeEach(async () => {
    requests = []
    web = createServer(({ url = '' }, response) => {
      requests.push(url)
      if (url === '/roof.png') response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)
      else
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(
            '<title>Garden</title><meta property="og:title" content="A garden on the roof"><meta property="og:image" content="/roof.png">',
          )
    }).listen(0, '127.0.0.1')
    await once(web, 'listening')
    const address = web.address()
    origin = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`
    ada = await signUp({ name: 'Ada', env: { PERCH_PREVIEW_TEST_ORIGIN: origin } })
    ben = await signUp({ name: 'Ben' })
  })
  test.afterEach(async () => {
    await Promise.all([ada.leave(), ben.leave()])
    web.closeAllConnections()
    web.close()
  })

  test('the sender makes the preview, and the reader loads nothing', async () => {
    await ada.app.openChatWith(ben.phone, 'Ben')
    await ada.app.composer.fill(`See ${origin}/garden`)
    await expect(removeOf(ada.app.page)).toBeVisible()
    await ada.app.composer.press('Enter')
    await ben.app.openChat('Ada')
    const card = ben.app.bubbles.getByRole('link', { name: /A garden on the roof/u })
    await expect(card).toBeVisible()
    await expect(card.locator('img')).toHaveJSProperty('naturalWidth', 2)
    expect(requests).toEqual(['/garden', '/roof.png'])
    await card.click()
    await expect.poll(() => ben.perch.openedLinks()).toEqual([`${origin}/garden`])

    // Another server of this machine is not reached. Neither is any, once the person has turned previews off.
    await ada.app.composer.fill(`See http://localhost:${new URL(origin).port}/other`)
    await ada.app.page.waitForTimeout(1500)
    await expect(removeOf(ada.app.page)).toHaveCount(0)
    await ada.app.page.evaluate(() => window.perch?.call(null, 'settings.set', { linkPreviews: false }))
    await ada.app.composer.fill(`See ${origin}/third`)
    await ada.app.page.waitForTimeout(1500)
    await expect(removeOf(ada.app.page)).toHaveCount(0)
    expect(requests).toEqual(['/garden', '/roof.png'])
    expect([...(await ada.perch.problems()), ...(await ben.perch.problems())]).toEqual([])
  })
})
