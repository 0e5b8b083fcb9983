/** The real screens: no axe violations in either theme, and everything reachable by keyboard. */
import { type BrowserContextOptions, expect, test } from '@playwright/test'
import type { Locator, Page } from 'playwright-core'
import { seed } from '../../scripts/lib/seed.ts'
import { axeFindings } from '../support/axe.ts'
import { controlsOutOfReach, settled } from '../support/gallery/keyboard-visit.ts'
import { test as gallery } from '../support/gallery/test.ts'
import { meet, signUp, testBackend, type Person } from '../support/people.ts'

let someone: Person | undefined
test.afterEach(async () => {
  if (someone === undefined) return
  const problems = await someone.perch.problems()
  await someone.leave()
  someone = undefined
  expect(problems).toEqual([])
})

async function expectNoFindings({ app: { page } }: Person, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    const findings = await axeFindings(page, { coloursOnly: colorScheme === 'dark' })
    expect(findings, `${screen}, ${colorScheme}`).toEqual([])
  }
}

test('has no axe violations from the welcome screen to the empty list', async () => {
  const ada = (someone = await meet({ name: 'Ada Quill' }))
  const { app } = ada
  await expect(app.button('Sign in with your phone number')).toBeVisible()
  await expectNoFindings(ada, 'welcome')
  await app.button('Sign in with your phone number').click()
  await app.phoneNumber.fill('1')
  await app.button('Send code').click()
  await expectNoFindings(ada, 'number')
  await app.phoneNumber.fill(ada.phone)
  await app.button('Send code').click()
  await expect(app.page.getByText('We texted a 6-digit code to')).toBeVisible()
  await expectNoFindings(ada, 'code')
  await app.enterCode(await ada.code())
  await expect(app.page.getByRole('heading', { name: 'What’s your name?' })).toBeVisible()
  await expectNoFindings(ada, 'name')
  await app.enterName(ada.name)
  await expectNoFindings(ada, 'empty list')
})

test('has no axe violations in list, conversation, details, new chat and settings', async () => {
  const { people } = await seed(testBackend(), { people: 6, chats: 5, messages: 24, now: Date.now() })
  const [me, peer] = people
  const demo = (someone = await meet({ name: me?.displayName ?? '', phone: me?.phone ?? '' }))
  const { app } = demo
  await demo.signIn({ isKnown: true })
  await app.openChat(peer?.displayName ?? '')
  await expect(app.bubbles.last()).toBeVisible()
  await expectNoFindings(demo, 'conversation')
  await app.openDetails()
  await expectNoFindings(demo, 'details')
  await app.button('Close details').click()
  await app.button('Emoji').click()
  await expect(app.page.getByRole('searchbox', { name: 'Find an emoji' })).toBeVisible()
  await expectNoFindings(demo, 'emoji')
  await app.page.keyboard.press('Escape')
  await app.button('New chat').click()
  await expect(app.nameOrNumber).toBeVisible()
  await expectNoFindings(demo, 'new chat')
  await app.openSettings()
  await expectNoFindings(demo, 'settings')
  await app.page.getByRole('button', { name: /Edit profile/u }).click()
  await expectNoFindings(demo, 'profile')
  await app.page.keyboard.press('Control+/')
  await expect(app.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectNoFindings(demo, 'shortcuts')
})

/** Presses Tab until the target has the focus. */
async function tabTo({ app: { page } }: Person, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  const isFocused = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 40 && !(await isFocused()); presses += 1) await page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

test('signs up, finds a person, sends, changes settings and signs out by keyboard alone', async () => {
  const ben = await signUp({ name: 'Ben Marsh' })
  const ada = (someone = await meet({ name: 'Ada Quill' }))
  const { app } = ada
  const { keyboard } = app.page
  await expect(app.button('Sign in with your phone number')).toBeFocused()
  await keyboard.press('Enter')
  await expect(app.phoneNumber).toBeFocused()
  await keyboard.type(ada.phone)
  await keyboard.press('Enter')
  await expect(app.code).toBeFocused()
  await keyboard.type(await ada.code())
  await expect(app.page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await keyboard.type(ada.name)
  await keyboard.press('Enter')
  await app.expectReady()

  await keyboard.press('Control+N')
  await expect(app.nameOrNumber).toBeFocused()
  await keyboard.type(ben.phone)
  await keyboard.press('Enter')
  await expect(app.personRow(ben.name)).toBeVisible()
  await keyboard.press('Enter')
  await expect(app.composer).toBeFocused()
  await keyboard.type('First line')
  await keyboard.press('Shift+Enter')
  await keyboard.type('second line')
  await keyboard.press('Enter')
  await expect(app.bubble('First line')).toContainText('second line')
  await expect(app.composer).toBeFocused()
  await app.expectTick('First line', 'Delivered')

  await keyboard.press('Escape')
  await expect(app.chatRow(ben.name)).toBeFocused()
  await keyboard.press('Shift+F10')
  // The first menu of a session loads its code. Keys before that go to the list.
  await expect(app.page.getByRole('menu')).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(app.chatRow(ben.name).getByRole('img', { name: 'Pinned' })).toBeVisible()
  await expect(app.chatRow(ben.name)).toBeFocused()
  await keyboard.press('Enter')
  await expect(app.composer).toBeFocused()
  await keyboard.press('Escape')
  await expect(app.composer).toBeHidden()
  await keyboard.press('Control+K')
  await expect(app.page.getByRole('searchbox', { name: 'Find a chat' })).toBeFocused()
  await keyboard.type('ben')
  await keyboard.press('ArrowDown')
  await expect(app.chatRow(ben.name)).toBeFocused()
  await keyboard.press('ArrowUp')
  await keyboard.press('Enter')
  await expect(app.composer).toBeFocused()
  await expect(app.composer).toHaveValue('')

  await keyboard.press('Control+Comma')
  await expect(app.page.getByRole('region', { name: 'Settings' })).toBeVisible()
  await tabTo(ada, app.page.getByRole('switch', { name: 'Play a sound' }))
  await keyboard.press('Space')
  await expect(app.page.getByRole('switch', { name: 'Play a sound' })).not.toBeChecked()
  await keyboard.press('Escape')
  await expect(app.chatList).toBeVisible()
  await keyboard.press('Control+Comma')
  await tabTo(ada, app.button('Sign out'))
  await keyboard.press('Enter')
  await tabTo(ada, app.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }))
  await keyboard.press('Enter')
  await expect(app.button('Sign in with your phone number')).toBeFocused()
  await ben.leave()
})

const galleryOptions: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }

gallery.describe('by keyboard alone', () => {
  /** From the composer past its buttons, however many there are, up to a message that was sent. */
  async function toSentMessage(page: Page): Promise<void> {
    const press = async (key: string, until: Locator): Promise<void> => {
      for (let presses = 0; presses < 40 && (await until.count()) === 0; presses += 1)
        await page.keyboard.press(key)
      await expect(until).toHaveCount(1)
    }
    await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused()
    await press('Shift+Tab', page.locator('[role="log"]:focus, [role="log"] :focus'))
    await press('ArrowUp', page.locator('article:focus').filter({ hasText: 'Sent only' }))
  }
  type Step = string | ((page: Page) => Promise<void>)
  /** Screens that are reached by keys, with the keys. A text in quotes is typed. */
  const reached: Readonly<Record<string, [scenario: string, ...steps: Step[]]>> = {
    'number step': ['signed-out', 'Enter'],
    'code step': ['signed-out', 'Enter', '"+16505553434', 'Enter'],
    'found chats': ['chats', 'Control+k', '"l'],
    archive: ['chats', 'Control+k', 'ArrowDown', 'Enter'],
    'chat menu': ['chats', 'Control+k', 'ArrowDown', 'ArrowDown', 'Shift+F10'],
    'shortcut sheet': ['chats', 'Control+/'],
    'question before marking all as read': ['chats', 'Shift+Escape'],
    'half a number': ['new-chat', '"65055534'],
    'found number': ['new-chat', '"6505553434', 'Enter'],
    'message menu': ['conversation-mixed', toSentMessage, 'ArrowUp', 'Shift+F10'],
    'question before deleting a message': ['conversation-mixed', toSentMessage, 'Delete'],
  }
  const popups: Readonly<Partial<Record<string, 'menu' | 'dialog' | 'alertdialog'>>> = {
    'Shift+F10': 'menu',
    'Control+/': 'dialog',
    'Shift+Escape': 'alertdialog',
    Delete: 'alertdialog',
  }

  // gallery.spec.ts visits the scenarios themselves.
  for (const [name, [scenario, ...steps]] of Object.entries(reached)) {
    gallery(`every control can have the focus: ${name}`, async ({ gallery: server }) => {
      const page = await server.blankPage(galleryOptions)
      await page.setViewportSize({ width: 1200, height: 760 })
      await page.goto(`${server.url}?scenario=${scenario}`)
      await expect(page.locator('main')).toBeVisible()
      await settled(page)
      for (const step of steps) {
        if (typeof step === 'function') await step(page)
        else if (step.startsWith('"')) await page.keyboard.type(step.slice(1))
        else await page.keyboard.press(step)
        const popup = typeof step === 'string' ? popups[step] : undefined
        if (popup !== undefined) await expect(page.getByRole(popup)).toBeVisible()
        await settled(page)
      }
      expect(await controlsOutOfReach(page)).toEqual([])
    })
  }
})
