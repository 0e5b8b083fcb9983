/** Mentions in a group: the picker and the bubbles over a preset store, then three people in three app instances. */
import { type BrowserContextOptions, expect, test, type Locator } from '@playwright/test'
import type { Page } from 'playwright-core'
import { test as gallery } from '../support/gallery/test.ts'
import { signUp, type Person } from '../support/people.ts'

const contextOptions: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }
const composerOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Message', exact: true })
const optionsOf = (page: Page): Locator => page.getByRole('option')
const active = (page: Page): Locator => page.getByRole('option', { selected: true })

gallery.describe('the picker', () => {
  let page: Page
  gallery.beforeEach(async ({ gallery: shown }) => {
    page = await shown.blankPage(contextOptions)
    await page.setViewportSize({ width: 1200, height: 760 })
    await page.goto(`${shown.url}?scenario=conversation-group-mentions`)
    await composerOf(page).click()
  })
  const sent = (): Promise<unknown> =>
    page.evaluate(() =>
      window.gallery?.conversation.calls.filter(({ name }) => name === 'send').map(({ args }) => args[0]),
    )

  gallery('is used by keyboard', async () => {
    await page.keyboard.type('Hi @')
    await expect(optionsOf(page)).toHaveText([/^everyone/u, /Bén Okafor/u, /Countess/u])
    await expect(active(page)).toHaveText(/everyone/u)
    const id = await active(page).getAttribute('id')
    await expect(composerOf(page)).toHaveAttribute('aria-activedescendant', id ?? '')
    await page.keyboard.press('ArrowUp')
    await expect(active(page)).toHaveText(/Countess/u)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(active(page)).toHaveText(/Bén/u)
    await page.keyboard.press('Enter')
    await expect(composerOf(page)).toHaveValue('Hi @Bén Okafor ')
    await expect(optionsOf(page)).toHaveCount(0)
    await page.keyboard.type('and @count')
    await expect(optionsOf(page)).toHaveCount(1)
    await page.keyboard.press('Tab')
    // The text gets the public name, not the one that only the writer knows.
    await expect(composerOf(page)).toHaveValue('Hi @Bén Okafor and @Ada Lovelace ')
    await page.keyboard.press('Enter')
    expect(await sent()).toEqual([
      { kind: 'text', text: 'Hi @Bén Okafor and @Ada Lovelace', mentions: 'ben:3:11 ada:19:13' },
    ])
  })

  gallery('finds names without accents, and closes when nobody has the name', async () => {
    await page.keyboard.type('@oka')
    await expect(optionsOf(page)).toHaveText([/Bén Okafor/u])
    await page.keyboard.press('Home')
    await expect(optionsOf(page)).toHaveCount(0)
    await page.keyboard.press('End')
    await expect(optionsOf(page)).toHaveCount(1)
    await page.keyboard.type('x')
    await expect(optionsOf(page)).toHaveCount(0)
    await page.keyboard.press('Enter')
    expect(await sent()).toEqual([{ kind: 'text', text: '@okax' }])
  })

  gallery('stays closed after Escape, which does not leave the chat', async () => {
    await page.keyboard.type('@be')
    await expect(optionsOf(page)).toHaveCount(1)
    await page.keyboard.press('Escape')
    await page.keyboard.type('n')
    await expect(optionsOf(page)).toHaveCount(0)
    await expect(composerOf(page)).toHaveValue('@ben')
    await page.keyboard.type(' @')
    await expect(optionsOf(page)).toHaveCount(3)
  })

  gallery('is used by pointer, and the focus stays in the text', async () => {
    await page.keyboard.type('@')
    await optionsOf(page).filter({ hasText: 'Countess' }).click()
    await expect(composerOf(page)).toBeFocused()
    await expect(composerOf(page)).toHaveValue('@Ada Lovelace ')
  })

  gallery('leaves the keys to an input method', async () => {
    await page.keyboard.type('@')
    await expect(optionsOf(page)).toHaveCount(3)
    await composerOf(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
    await expect(composerOf(page)).toHaveValue('@')
    await expect(optionsOf(page)).toHaveCount(3)
  })

  gallery('makes text of a mention that is changed, and moves the others', async () => {
    await page.keyboard.type('@be')
    await expect(optionsOf(page)).toHaveCount(1)
    await page.keyboard.press('Enter')
    await page.keyboard.type('@count')
    await expect(optionsOf(page)).toHaveCount(1)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Home')
    await page.keyboard.type('So ')
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Delete')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    expect(await sent()).toEqual([
      { kind: 'text', text: 'So @Bé Okafor @Ada Lovelace', mentions: 'ada:14:13' },
    ])
  })
})

gallery('mentions are shown by the names that the reader knows', async ({ gallery: shown }) => {
  const page = await shown.blankPage(contextOptions)
  await page.setViewportSize({ width: 1200, height: 760 })
  await page.goto(`${shown.url}?scenario=conversation-group-mentions`)
  const bubbles = page.getByRole('article')
  await expect(bubbles.filter({ hasText: 'can you water' })).toContainText('@Mira Santos can you water')
  await page.getByRole('log').press('Home')
  await expect(bubbles.filter({ hasText: 'who has the key' })).toContainText('@Countess and @everyone:')
  await expect(page.getByRole('strong').getByText('@Countess')).toBeVisible()
  await expect(page.getByRole('link')).toHaveText('https://example.org/@Mira')
  const row = page.locator('[data-chat-id]')
  await expect(row).toContainText('You were mentioned')
  await page.getByRole('button', { name: 'Go to the next mention of you' }).click()
  await expect(bubbles.filter({ hasText: 'can you water' })).toBeFocused()
})

test.describe('three people', () => {
  let ada: Person
  let ben: Person
  let cleo: Person

  test.describe.configure({ mode: 'serial' })
  test.beforeAll(async () => {
    ;[ada, ben, cleo] = await Promise.all([
      signUp({ name: 'Ada Quill' }),
      signUp({ name: 'Zoë Marsh' }),
      signUp({ name: 'Cleo Ferris' }),
    ])
  })
  test.afterEach(async () => {
    for (const person of [ada, ben, cleo]) expect(await person.perch.problems()).toEqual([])
  })
  test.afterAll(async () => {
    await ada?.leave()
    await ben?.leave()
    await cleo?.leave()
  })

  test('a mention notifies in a muted group, and is marked until it is read', async () => {
    await ada.app.openChatWith(ben.phone, ben.name)
    await ada.app.openChatWith(cleo.phone, cleo.name)
    await ada.app.button('New chat').click()
    await ada.app.button('New group').click()
    for (const { name } of [ben, cleo]) await ada.app.personRow(name).click()
    await ada.app.button('Next').click()
    await ada.app.page.getByRole('textbox', { name: 'Group name' }).fill('Garden club')
    await ada.app.page.keyboard.press('Enter')
    await expect(ada.app.chatHeading('Garden club')).toBeVisible()
    await ben.app.inChatMenu('Garden club', 'Mute', 'Always')
    await cleo.app.inChatMenu('Garden club', 'Mute', 'Always')

    await ada.app.send('Nobody is meant')
    await expect(ben.app.chatRow('Garden club')).toContainText('1 unread message')
    await expect(ben.app.chatRow('Garden club')).not.toContainText('You were mentioned')
    expect(await ben.perch.notifications()).toEqual([])

    await ada.app.composer.pressSequentially('@zoe')
    await expect(optionsOf(ada.app.page)).toHaveText([/Zoë Marsh/u])
    await ada.app.composer.press('Enter')
    await ada.app.composer.pressSequentially('come over')
    await ada.app.composer.press('Enter')
    await expect(ben.app.chatRow('Garden club')).toContainText('You were mentioned')
    await expect(ben.app.chatRow('Garden club')).toContainText('Ada Quill: @Zoë Marsh come over')
    await expect
      .poll(() => ben.perch.notifications())
      .toMatchObject([{ title: 'Garden club', body: 'Ada Quill: @Zoë Marsh come over' }])
    await expect(cleo.app.chatRow('Garden club')).toContainText('2 unread messages')
    await expect(cleo.app.chatRow('Garden club')).not.toContainText('You were mentioned')
    expect(await cleo.perch.notifications()).toEqual([])

    await ben.app.openChat('Garden club')
    await expect(ben.app.bubble('come over')).toBeVisible()
    await expect(ben.app.chatRow('Garden club')).not.toContainText('You were mentioned')
  })

  test('a private name is shown to the one who gave it, in the list too', async () => {
    await cleo.app.openChatWith(ben.phone, ben.name)
    const details = await cleo.app.openDetails()
    await details.getByRole('button', { name: 'Edit name' }).click()
    await details.getByRole('textbox', { name: 'Your name for this person' }).fill('Captain')
    await cleo.app.page.keyboard.press('Enter')
    await expect(cleo.app.chatRow('Garden club')).toContainText('@Captain come over')
    await cleo.app.openChat('Garden club')
    await expect(cleo.app.bubble('come over')).toContainText('@Captain')
  })

  test('a draft keeps its mention over a restart', async () => {
    await cleo.app.composer.pressSequentially('Ask @captain')
    await expect(optionsOf(cleo.app.page)).toHaveCount(1)
    await cleo.app.composer.press('Enter')
    await expect(cleo.app.composer).toHaveValue('Ask @Zoë Marsh ')
    await cleo.quit()
    await cleo.start()
    await cleo.app.expectReady()
    await cleo.app.openChat('Garden club')
    await expect(cleo.app.composer).toHaveValue('Ask @Zoë Marsh ')
    await cleo.app.composer.press('Enter')
    await expect(cleo.app.bubble('Ask')).toContainText('@Captain')
    await expect(ada.app.bubble('Ask')).toContainText('@Zoë Marsh')
  })

  test('only admins can mention everyone, and a button leads from mention to mention', async () => {
    // 32 messages to one group leave one after another, and on a busy machine each takes seconds.
    test.slow()
    await cleo.app.composer.pressSequentially('@every')
    await expect(optionsOf(cleo.app.page)).toHaveCount(0)
    await cleo.app.composer.fill('')
    // The reader is elsewhere while the mentions and many other messages arrive.
    await ben.app.openChatWith(cleo.phone, cleo.name)
    await ada.app.composer.pressSequentially('@every')
    await expect(optionsOf(ada.app.page)).toHaveText([/everyone/u])
    await ada.app.composer.press('Enter')
    await ada.app.composer.pressSequentially('first')
    await ada.app.composer.press('Enter')
    for (let n = 1; n <= 30; n += 1) await ada.app.send(`Line ${String(n)}\nof\nthree`)
    await ada.app.composer.pressSequentially('@zoe')
    await expect(optionsOf(ada.app.page)).toHaveCount(1)
    await ada.app.composer.press('Enter')
    await ada.app.composer.pressSequentially('second')
    await ada.app.composer.press('Enter')
    await expect(ben.app.chatRow('Garden club')).toContainText('32 unread messages', { timeout: 180_000 })
    await expect(ben.app.chatRow('Garden club')).toContainText('You were mentioned')

    await ben.app.openChat('Garden club')
    const next = ben.app.button('Go to the next mention of you')
    // The list opens at the first unread message, which is the first mention or above it.
    await expect(ben.app.bubble('first')).toBeVisible()
    await next.click()
    await expect(ben.app.bubble('second')).toBeFocused()
    await expect(next).toBeHidden()
    await expect(ben.app.chatRow('Garden club')).not.toContainText('You were mentioned')
  })
})
