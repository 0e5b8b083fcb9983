/** Every key of the table of shortcuts does what the table says, and the sheet lists the table. */
import { type BrowserContextOptions, expect, type Page } from '@playwright/test'
import {
  keysOf,
  type Shortcut,
  shortcutKeys,
  type ShortcutName,
  shortcutNames,
} from '../../src/renderer/ui/shortcuts.ts'
import en from '../../src/shared/locales/en.json' with { type: 'json' }
import { test } from '../support/gallery/test.ts'

const contextOptions: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }

let url: string
let page: Page
test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage(contextOptions)
})
test.afterEach(async () => {
  await page.goto('about:blank')
})

async function open(scenario: string): Promise<void> {
  await page.setViewportSize({ width: 1200, height: 700 })
  await page.goto(`${url}?scenario=${scenario}`)
  await expect(page.locator('main')).toBeVisible()
}

const rows = () => page.locator('[data-chat-id]')
const rowOf = (name: string) => rows().filter({ has: page.locator('bdi').getByText(name, { exact: true }) })
const isOpen = (name: string) => expect(rowOf(name)).toHaveAttribute('aria-current', 'true')
const filter = () => page.getByRole('searchbox', { name: 'Find a chat' })
const composer = () => page.getByRole('textbox', { name: 'Message', exact: true })
const messages = () => page.getByRole('log', { name: 'Messages' })
const focusedMessage = () => page.locator('[data-message-id]:focus')
const scrollTop = () => messages().evaluate((element) => element.scrollTop)
const conversationCalls = (name: string): Promise<number> =>
  page.evaluate(
    (wanted) => (window.gallery?.conversation.calls ?? []).filter((call) => call.name === wanted).length,
    name,
  )

async function openWith(name: string): Promise<void> {
  await open('chats')
  await rowOf(name).click()
  await isOpen(name)
  await expect(composer()).toBeFocused()
}

async function openConversation(scenario: string): Promise<void> {
  await open(`conversation-${scenario}`)
  await expect(composer()).toBeFocused()
}

/** Focuses a message by keyboard: `up` messages above the newest one. */
async function focusMessage(up: number): Promise<void> {
  await openConversation('mixed')
  await messages().focus()
  for (let press = 0; press <= up; press += 1) await page.keyboard.press('ArrowUp')
  await expect(focusedMessage()).toHaveCount(1)
}

/** Scrolls to the middle, presses the key, and expects the messages to scroll. */
async function expectToScroll(press: Press, isUp: boolean): Promise<void> {
  const scrollToMiddle = async (): Promise<number> => {
    await messages().evaluate((element) => element.scrollTo({ top: 1200 }))
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    return scrollTop()
  }
  // While the first rows are measured, the list may return to its end once.
  await expect.poll(async () => Math.abs((await scrollToMiddle()) - 1200)).toBeLessThan(200)
  const before = await scrollTop()
  await press()
  const moved = async (): Promise<number> => (await scrollTop()) - before
  if (isUp) await expect.poll(moved).toBeLessThan(-100)
  else await expect.poll(moved).toBeGreaterThan(100)
}

async function expectFormat(press: Press, formatted: string): Promise<void> {
  await openConversation('mixed')
  await composer().fill('word')
  await page.keyboard.press('ControlOrMeta+a')
  await press()
  await expect(composer()).toHaveValue(formatted)
}

type Press = () => Promise<void>

/** For each shortcut: opens a screen, presses the keys, and expects their effect. */
const effects: Readonly<Record<ShortcutName, (press: Press, keys: Shortcut) => Promise<void>>> = {
  async filter(press) {
    await open('chats')
    await press()
    await expect(filter()).toBeFocused()
  },
  async lock(press) {
    // Without a PIN, it leads to where one is set.
    await open('chats')
    await press()
    await expect(page.getByRole('button', { name: 'Lock Perch with a PIN' })).toBeVisible()
    await open('settings-lock')
    await page.getByRole('button', { name: 'Change PIN' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await press()
    await expect(page.getByRole('heading', { name: 'Perch is locked' })).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  },
  async newChat(press) {
    await open('chats')
    await press()
    await expect(page.getByRole('heading', { name: 'New chat' })).toBeVisible()
  },
  async previous(press) {
    await openWith('Ana')
    await press()
    await isOpen('Mom')
  },
  async next(press) {
    await openWith('Ana')
    await press()
    await isOpen('Ben Okafor')
  },
  async previousUnread(press) {
    await openWith('Ana')
    await press()
    await isOpen('Hana from work')
  },
  async nextUnread(press) {
    await openWith('Ben Okafor')
    await press()
    await isOpen('Hana from work')
  },
  async nthChat(press) {
    await open('chats')
    await press()
    await isOpen('Ana')
  },
  async nextPane(press) {
    await open('details')
    await expect(page.getByRole('heading', { name: 'Details' })).toBeVisible()
    await composer().focus()
    await press()
    await expect(page.getByRole('region', { name: 'Details' }).locator(':focus')).toHaveCount(1)
    await press()
    await expect(page.getByRole('navigation').locator(':focus')).toHaveCount(1)
    await press()
    await expect(rowOf('Emil Novák')).toBeFocused()
    await press()
    await expect(composer()).toBeFocused()
  },
  async previousPane(press) {
    await openWith('Ana')
    await press()
    await expect(rowOf('Ana')).toBeFocused()
    await press()
    await expect(page.getByRole('navigation').locator(':focus')).toHaveCount(1)
    await press()
    await expect(composer()).toBeFocused()
  },
  async back(press) {
    await openWith('Ana')
    await press()
    await expect(composer()).toHaveCount(0)
    await expect(rowOf('Ana')).toBeFocused()
  },
  async settings(press) {
    await open('chats')
    await press()
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  },
  async sheet(press) {
    await open('chats')
    await press()
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  },
  async firstResult(press) {
    await open('chats')
    await filter().fill('novak')
    await press()
    await isOpen('Emil Novák')
  },
  async toResults(press) {
    await open('chats')
    await filter().fill('novak')
    await press()
    await expect(rowOf('Emil Novák')).toBeFocused()
  },
  async clearSearch(press) {
    await open('chats')
    await filter().fill('novak')
    await press()
    await expect(filter()).toHaveValue('')
  },
  async moveInList(press, keys) {
    await open('chats')
    await rowOf('Ana').focus()
    await press()
    await expect(rowOf(keys === 'ArrowUp' ? 'Mom' : 'Ben Okafor')).toBeFocused()
  },
  async pageInList(press, keys) {
    await open('chats-500')
    await rowOf('Ivo Ito 8').focus()
    await press()
    await expect(rowOf(keys === 'PageUp' ? 'Ana Abe 0' : 'Gil Fischer 16')).toBeFocused()
  },
  async endsOfList(press, keys) {
    await open('chats-500')
    await rowOf('Ivo Ito 8').focus()
    await press()
    await expect(rowOf(keys === 'Home' ? 'Ana Abe 0' : 'Jun Eriksen 499')).toBeFocused()
  },
  async openRow(press) {
    await open('chats')
    await rowOf('Ana').focus()
    await press()
    await isOpen('Ana')
  },
  async rowMenu(press) {
    await open('chats')
    await rowOf('Ana').focus()
    await press()
    await expect(page.getByRole('menuitem', { name: 'Archive' })).toBeVisible()
  },
  async details(press) {
    await openWith('Ana')
    await press()
    await expect(page.getByRole('region', { name: 'Details' })).toBeVisible()
    await press()
    await expect(page.getByRole('region', { name: 'Details' })).toHaveCount(0)
  },
  async newest(press) {
    await openConversation('older')
    await messages().evaluate((element) => element.scrollTo({ top: 900 }))
    const jump = page.getByRole('button', { name: /Go to the newest message/u })
    await expect(jump).toBeVisible()
    await press()
    await expect(jump).toHaveCount(0)
  },
  async archive(press) {
    await openWith('Ana')
    await press()
    await expect(rowOf('Ana')).toHaveCount(0)
    await press()
    await expect(rowOf('Ana')).toHaveCount(1)
    await rowOf('Ana').focus()
    await press()
    await expect(rowOf('Ben Okafor')).toBeFocused()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(rowOf('Ana')).toHaveCount(1)
  },
  async markUnread(press) {
    await openWith('Mom')
    await press()
    await expect(rowOf('Mom')).toContainText('Marked as unread')
    await press()
    await expect(rowOf('Mom')).not.toContainText('Marked as unread')
  },
  async mute(press) {
    // The shortcut acts on the focused row, not on the open chat.
    await openWith('Mom')
    await rowOf('Ana').focus()
    await press()
    await expect(rowOf('Ana').getByRole('img', { name: 'Muted' })).toBeVisible()
    await press()
    await expect(rowOf('Ana').getByRole('img', { name: 'Muted' })).toHaveCount(0)
  },
  async markAllRead(press) {
    await open('chats')
    await press()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Mark all as read' }).click()
    await expect(page).toHaveTitle('Perch')
    await expect(rowOf('Fatou Diallo')).not.toContainText('unread')
  },
  async moveInMessages(press, keys) {
    await focusMessage(2)
    await press()
    await expect(focusedMessage()).toHaveText(keys === 'ArrowUp' ? /Delivered only/u : /Could not be sent/u)
  },
  async pageInMessages(press, keys) {
    await openConversation('older')
    await messages().focus()
    await expectToScroll(press, keys === 'PageUp')
  },
  async endsOfMessages(press, keys) {
    await openConversation('older')
    await messages().focus()
    await expectToScroll(press, keys === 'Home')
  },
  async messageMenu(press) {
    await focusMessage(2)
    await press()
    await expect(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
  },
  async copyMessage(press) {
    await focusMessage(2)
    await press()
    const copied = await page.evaluate(() => window.gallery?.calls.filter(({ name }) => name === 'copyText'))
    expect(copied).toEqual([{ name: 'copyText', args: ['Sent only'] }])
  },
  async retryMessage(press) {
    await focusMessage(1)
    await press()
    expect(await conversationCalls('retry')).toBe(1)
  },
  async deleteMessage(press) {
    await focusMessage(2)
    await press()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await page.keyboard.press('Escape')
    expect(await conversationCalls('discard')).toBe(0)
    await focusMessage(1)
    await press()
    expect(await conversationCalls('discard')).toBe(1)
  },
  async send(press) {
    await openConversation('mixed')
    await composer().fill('hello')
    await press()
    expect(await conversationCalls('send')).toBe(1)
  },
  async newLine(press) {
    await openConversation('mixed')
    await composer().fill('hello')
    await press()
    await expect(composer()).toHaveValue('hello\n')
  },
  async attach(press) {
    await openConversation('mixed')
    const chooser = page.waitForEvent('filechooser')
    await press()
    expect((await chooser).isMultiple()).toBe(true)
  },
  async record(press) {
    await openConversation('mixed')
    await press()
    await expect(page.getByRole('group', { name: 'New voice message' })).toBeVisible()
  },
  bold: (press) => expectFormat(press, '*word*'),
  italic: (press) => expectFormat(press, '_word_'),
  strike: (press) => expectFormat(press, '~word~'),
  code: (press) => expectFormat(press, '`word`'),
  async pageFromComposer(press, keys) {
    await openConversation('older')
    await expectToScroll(press, keys === 'PageUp')
  },
}

/** The keys in the words of Playwright. */
const pressed = (keys: Shortcut): string =>
  keys.replace('Mod', 'ControlOrMeta').replace('Ctrl', 'Control').replace('1…9', '2')

for (const name of shortcutNames) {
  for (const keys of keysOf(name, true)) {
    test(`${keys}: ${en.shortcuts[name]}`, async () => {
      await effects[name](() => page.keyboard.press(pressed(keys)), keys)
    })
  }
}

test('the sheet lists every shortcut, in the order of the table', async () => {
  await open('chats')
  await page.keyboard.press('ControlOrMeta+/')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet.getByRole('heading', { level: 3 })).toHaveText(['Navigate', 'Chat', 'Write'])
  await expect(sheet.locator('dt')).toHaveText(shortcutNames.map((name) => en.shortcuts[name]))
  await expect(sheet.locator('dd')).toHaveText(
    shortcutNames.map((name) =>
      keysOf(name, true)
        .flatMap((keys) => shortcutKeys(keys, false))
        .join(''),
    ),
  )
})

test('while `enterSends` is off, Enter starts a line, and the sheet shows this', async () => {
  await openConversation('mixed')
  await page.evaluate(() => {
    window.gallery?.store.setState(({ settings }) => ({
      settings: settings && { ...settings, enterSends: false },
    }))
  })
  await composer().fill('one')
  await page.keyboard.press('Enter')
  await expect(composer()).toHaveValue('one\n')
  await page.keyboard.press('ControlOrMeta+Enter')
  expect(await conversationCalls('send')).toBe(1)
  await page.keyboard.press('ControlOrMeta+/')
  await expect(page.getByText('New line').locator('xpath=following-sibling::dd')).toHaveText(
    'EnterShiftEnter',
  )
})

test('no shortcut runs while an input method composes or a dialog is open', async () => {
  await openWith('Ana')
  const keydown = { key: 'n', ctrlKey: true, bubbles: true }
  await composer().dispatchEvent('keydown', { ...keydown, isComposing: true })
  await page.keyboard.press('ControlOrMeta+/')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await isOpen('Ana')
  await expect(page.getByRole('heading', { name: 'New chat' })).toHaveCount(0)
})
