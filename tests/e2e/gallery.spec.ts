/** Every screen over a preset store: nothing for axe to find, nothing in the console, everything by keyboard. */
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'
import { ensureChromium } from '../../scripts/lib/chromium.ts'
import { appScenarios } from '../support/gallery/scenarios/app.ts'
import { conversationScenarios } from '../support/gallery/scenarios/conversation.ts'
import { type GalleryServer, serveGallery } from '../support/gallery/serve.ts'

/** Around a popup, they pass the focus on in the moment they get it; nobody meets them. */
const FOCUS_GUARDS = '[data-base-ui-focus-guard]'

let server: GalleryServer
let browser: Browser
let page: Page
let complaints: string[]

test.beforeAll(async () => {
  server = await serveGallery()
  browser = await chromium.launch({ executablePath: await ensureChromium() })
})
test.afterAll(async () => {
  await browser?.close()
  await server?.close()
})
test.afterEach(async () => {
  await page.context().close()
  expect(complaints, 'console errors and uncaught faults').toEqual([])
})

async function open(scenario: string, width = 1200): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height: 760 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  page = await context.newPage()
  complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`${server.url}?scenario=${scenario}`)
  await loaded()
}

/** The screen's parts come in chunks of their own: waits for those that this state shows. */
async function loaded(): Promise<void> {
  const headings = await page.evaluate(() => {
    const { session, navigation } = window.gallery?.store.getState() ?? {}
    if (session?.phase === 'signedOut') return ['Welcome to Perch']
    if (session?.phase === 'needsProfile') return ['What is your name?']
    const panes = { chats: [], newChat: ['New chat'], settings: ['Settings'] }
    return [...panes[navigation?.pane ?? 'chats'], ...(navigation?.detailsOpen === true ? ['Details'] : [])]
  })
  for (const name of headings) await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
  await expect(page.locator('main')).toBeVisible()
  await page.evaluate(() => document.fonts.ready)
}

async function setTheme(theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((wanted) => {
    window.gallery?.store.setState(({ settings }) => ({
      settings: settings && { ...settings, theme: wanted },
    }))
  }, theme)
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

async function expectNoFindings(): Promise<void> {
  const axe = (): AxeBuilder => new AxeBuilder({ page }).exclude(FOCUS_GUARDS)
  // A menu or a list of choices takes the focus as it opens: that it is drawn outside the landmarks hides it from nobody.
  const popup = (await page.locator('[role="menu"], [role="listbox"]').count()) > 0
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(theme)
    const { violations } = await (popup ? axe().disableRules('region') : axe()).analyze()
    const findings = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n  ')}`,
    )
    expect(findings, theme).toEqual([])
  }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const rows = () => page.locator('[data-chat-id]')
const rowOf = (name: string) => rows().filter({ has: page.locator('bdi').getByText(name, { exact: true }) })
const calls = (name: string): Promise<unknown[][]> =>
  page.evaluate(
    (wanted) => (window.gallery?.calls ?? []).filter((call) => call.name === wanted).map((call) => call.args),
    name,
  )

async function paste(text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await page.keyboard.press('ControlOrMeta+v')
}

async function toCodeStep(): Promise<void> {
  await button('Sign in with your phone number').click()
  await page.getByLabel('Phone number').fill('+16505553434')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Enter the code' })).toBeVisible()
}

/** Screens that one reaches only by doing something. */
const reached: Record<string, { from: string; act: () => Promise<unknown> }> = {
  'number step': { from: 'signed-out', act: () => button('Sign in with your phone number').click() },
  'country picker': {
    from: 'signed-out',
    async act() {
      await button('Sign in with your phone number').click()
      await page.getByRole('combobox', { name: /^Country/u }).click()
      await expect(page.getByLabel('Find a country')).toBeFocused()
      await page.keyboard.type('germ')
      await expect(page.getByRole('option')).toHaveCount(1)
    },
  },
  'bad number': {
    from: 'signed-out',
    async act() {
      await button('Sign in with your phone number').click()
      await button('Next').click()
      await expect(page.getByText('This is not a phone number')).toBeVisible()
    },
  },
  'code step': { from: 'signed-out', act: toCodeStep },
  'wrong code': {
    from: 'signed-out',
    async act() {
      await toCodeStep()
      await page.keyboard.type('111111')
      await expect(page.getByText('That code is not right')).toBeVisible()
    },
  },
  'context menu': {
    from: 'chats',
    async act() {
      await rowOf('Ana').click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Mute' }).hover()
      await expect(page.getByRole('menuitem', { name: 'Always' })).toBeVisible()
    },
  },
  'open chat': { from: 'chats', act: () => rowOf('Ana').click() },
  archive: { from: 'chats', act: () => button('Archived 1 chat').click() },
  'no match': { from: 'chats', act: () => page.getByRole('searchbox', { name: 'Find a chat' }).fill('zzz') },
  'shortcut sheet': {
    from: 'chats',
    async act() {
      await page.keyboard.press('ControlOrMeta+/')
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    },
  },
  'blocked people': { from: 'settings-blocked', act: () => button('Blocked people 2').click() },
  'profile form': {
    from: 'settings',
    act: () => button('Mira Santos Out on the water +1 650 555 3400 Edit profile').click(),
  },
  'theme choice': {
    from: 'settings',
    async act() {
      await page.getByRole('combobox', { name: 'Theme' }).click()
      await expect(page.getByRole('option', { name: 'Dark' })).toBeVisible()
    },
  },
  'sign-out question': {
    from: 'settings',
    async act() {
      await button('Sign out').click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'block question': {
    from: 'details',
    async act() {
      await button('Block').click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  notice: {
    from: 'details',
    async act() {
      await button('Copy number').click()
      await expect(page.getByText('Number copied.')).toBeVisible()
    },
  },
}

for (const scenario of Object.keys({ ...appScenarios, ...conversationScenarios })) {
  test(`axe finds nothing on ${scenario}`, async () => {
    await open(scenario)
    await expectNoFindings()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow, 'px wider than the window').toBeLessThanOrEqual(0)
  })
}
for (const [name, { from, act }] of Object.entries(reached)) {
  test(`axe finds nothing on ${name}`, async () => {
    await open(from)
    await act()
    await expectNoFindings()
  })
}

test.describe('sign-in', () => {
  test('formats the number as it is typed and sends E.164', async () => {
    await open('signed-out')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: /^Country/u }).click()
    await page.keyboard.type('United States')
    await page.keyboard.press('Enter')
    await page.keyboard.type('6505553434')
    await expect(page.getByLabel('Phone number')).toHaveValue('(650) 555-3434')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Enter the code' })).toBeVisible()
    expect(await calls('requestCode')).toEqual([['+16505553434']])
  })

  test('switches the country when a whole number is pasted', async () => {
    await open('signed-out')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Phone number')).toBeFocused()
    await paste('+49 1511 2345678')
    await expect(page.getByRole('combobox', { name: 'Country: Germany' })).toBeVisible()
    await expect(page.getByLabel('Phone number')).toHaveValue('01511 2345678')
  })

  test('submits a pasted code by itself, and a wrong one starts over', async () => {
    await open('signed-out')
    await toCodeStep()
    await paste('654321')
    await expect(page.getByText('That code is not right')).toBeVisible()
    const first = page.getByRole('textbox', { name: 'Six-digit code' })
    await expect(first).toBeFocused()
    await expect(first).toHaveValue('')
    await page.keyboard.type('123456')
    await expect.poll(() => calls('confirmCode')).toEqual([['654321'], ['123456']])
  })

  test('offers a new code at once when the code has expired', async () => {
    await open('signed-out')
    await toCodeStep()
    await expect(page.getByRole('button', { name: /Send a new code in/u })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await page.evaluate(() => {
      if (window.gallery) window.gallery.failWith.code = 'codeExpired'
    })
    await page.keyboard.type('123456')
    await expect(page.getByText('This code has expired')).toBeVisible()
    await page.evaluate(() => {
      if (window.gallery) window.gallery.failWith.code = null
    })
    await button('Send a new code').click()
    await expect(page.getByText('A new code is on its way.')).toBeVisible()
    expect(await calls('requestCode')).toHaveLength(2)
  })

  test('goes back to the number as it was typed', async () => {
    await open('signed-out')
    await toCodeStep()
    await button('Change number').click()
    await expect(page.getByLabel('Phone number')).not.toHaveValue('')
  })

  test('asks for a name that can be read', async () => {
    await open('name')
    await page.keyboard.type('\u200B ')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Type a name that people can read.')).toBeVisible()
    await page.getByLabel('Name').fill('  Mira ')
    await page.keyboard.press('Enter')
    await expect.poll(() => calls('saveProfile')).toEqual([[{ displayName: 'Mira', about: '' }]])
  })
})

test.describe('a conversation without messages', () => {
  const hello = () => page.getByText(/^Say hello to/u)
  test('invites to say hello', async () => {
    await open('conversation-first')
    await expect(hello()).toBeVisible()
  })

  test('invites to nothing when the person is blocked', async () => {
    await open('conversation-first-blocked')
    await expect(page.getByRole('log', { name: 'Messages' }).getByText('No messages yet')).toBeVisible()
    await expect(page.getByText(/^You blocked/u)).toBeVisible()
    await expect(hello()).toHaveCount(0)
  })

  test('says that nobody knows yet who it is', async () => {
    await open('conversation-first-unnamed')
    await expect(page.getByText('The name of this person is not known yet.')).toBeVisible()
    await expect(hello()).toHaveCount(0)
  })
})

test.describe('chat list', () => {
  test('is one stop for Tab, and the arrow keys move within', async () => {
    await open('chats')
    await page.getByRole('searchbox', { name: 'Find a chat' }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf('Mom')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf('Ana')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(rowOf('Ana')).toHaveAttribute('aria-current', 'true')
    await rowOf('Mom').focus()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('searchbox', { name: 'Find a chat' })).toBeFocused()
  })

  test('renders what is in view alone, and reaches the end by key', async () => {
    await open('chats-500')
    expect(await rows().count()).toBeLessThan(40)
    await rows().first().focus()
    await page.keyboard.press('End')
    await expect(rowOf('Jun Eriksen 499')).toBeFocused()
    await page.keyboard.press('Home')
    await expect(rowOf('Ana Abe 0')).toBeFocused()
  })

  test('finds by name without accents, in the archive too', async () => {
    await open('chats')
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('novak')
    await expect(rows()).toHaveCount(1)
    await page.keyboard.press('Escape')
    await page.keyboard.type('landlord')
    await page.keyboard.press('Enter')
    await expect(rowOf('Old Landlord')).toHaveAttribute('aria-current', 'true')
  })

  test('pins, mutes and archives by the menu key', async () => {
    await open('chats')
    await rowOf('Gil').focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Pin' }).press('Enter')
    await expect(rowOf('Gil').getByRole('img', { name: 'Pinned' })).toBeVisible()
    await rowOf('Gil').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Mute' }).press('ArrowRight')
    await page.getByRole('menuitem', { name: 'For 8 hours' }).press('Enter')
    await expect(rowOf('Gil').getByRole('img', { name: 'Muted' })).toBeVisible()
    await rowOf('Gil').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Archive' }).press('Enter')
    await expect(rowOf('Gil')).toHaveCount(0)
    await expect(button('Archived 2 chats')).toBeVisible()
  })

  test('marks as read and as unread', async () => {
    await open('chats')
    await rowOf('Ana').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Mark as read' }).click()
    await expect(rowOf('Ana').getByText('2 unread messages')).toHaveCount(0)
    await rowOf('Ana').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Mark as unread' }).click()
    await expect(rowOf('Ana').getByText('Marked as unread')).toBeAttached()
  })

  test('shows no more of a hostile name than its row', async () => {
    await open('chats-hostile')
    const heights = await rows().evaluateAll((all) => all.map((row) => row.scrollHeight - row.clientHeight))
    expect(Math.max(...heights)).toBeLessThanOrEqual(0)
    expect(await rows().allInnerTexts()).not.toContainEqual(
      expect.stringMatching(/[\u202A-\u202E\u2066-\u2069]/u),
    )
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })

  test('shows times by the local clock, those of messages that wait as they are', async () => {
    await open('chats')
    const timeOf = async (name: string): Promise<number> =>
      Date.parse((await rowOf(name).locator('time').getAttribute('datetime')) ?? '')
    const [sent, queued] = [await timeOf('Ana'), await timeOf('Gil')]
    await page.evaluate(() => window.gallery?.store.setState({ clockOffset: 7_200_000 }))
    expect([await timeOf('Ana'), await timeOf('Gil')]).toEqual([sent - 7_200_000, queued])
  })

  test('counts the unread in the window title', async () => {
    await open('chats')
    await expect(page).toHaveTitle('(3) Perch')
  })
})

test.describe('window', () => {
  test('goes where the shortcuts say, and back by Escape', async () => {
    await open('chats')
    await page.keyboard.press('Alt+ArrowDown')
    await expect(rowOf('Mom')).toHaveAttribute('aria-current', 'true')
    await page.keyboard.press('Alt+ArrowDown')
    await expect(rowOf('Ana')).toHaveAttribute('aria-current', 'true')
    await page.keyboard.press('Alt+ArrowUp')
    await expect(rowOf('Mom')).toHaveAttribute('aria-current', 'true')
    await page.keyboard.press('ControlOrMeta+n')
    await expect(page.getByRole('heading', { name: 'New chat' })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+,')
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Chats' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('No chat open')).toBeVisible()
    await expect(rowOf('Mom')).toBeFocused()
  })

  test('leaves Escape to an open menu', async () => {
    await open('chats')
    await rowOf('Ana').click()
    await rowOf('Ana').click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(rowOf('Ana')).toHaveAttribute('aria-current', 'true')
  })

  test('shows one pane when it is narrow', async () => {
    await open('chats', 600)
    await expect(page.getByText('No chat open')).toBeHidden()
    await rowOf('Ana').click()
    await expect(rows().first()).toBeHidden()
    await button('Back').click()
    await expect(rowOf('Ana')).toBeVisible()
    await rowOf('Ana').click()
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('searchbox', { name: 'Find a chat' })).toBeFocused()
  })

  test('moves nothing where motion is to be reduced', async () => {
    await open('conversation-typing')
    const moving = await page.evaluate(() => {
      window.gallery?.store.setState(({ settings }) => ({
        settings: settings && { ...settings, theme: 'dark' },
      }))
      return new Promise((resolve) => {
        requestAnimationFrame(() => resolve(document.getAnimations().length))
      })
    })
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    expect(moving).toBe(0)
  })

  test('keeps a fault in one pane', async () => {
    await open('details')
    await page.evaluate(() => {
      // A time that no replica gives: it stands for any fault in a component.
      window.gallery?.store.setState(({ chats }) => ({
        chats: new Map(
          [...chats].map(([id, chat]) => [id, { ...chat, last: chat.last && { ...chat.last, sentAt: NaN } }]),
        ),
      }))
    })
    await expect(page.getByRole('alert').getByText('This part of Perch has stopped')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Details' })).toBeVisible()
    expect(await calls('report')).toContainEqual([expect.stringContaining('error.'), expect.any(String)])
    complaints = []
  })
})

test.describe('people', () => {
  test('opens a chat with whom a number finds', async () => {
    await open('new-chat')
    await page.getByLabel('Phone number').fill('+16505553434')
    await page.keyboard.press('Enter')
    await button('Message').click()
    await expect(rowOf('Grace Hopper')).toHaveAttribute('aria-current', 'true')
  })

  test('says when a number is one’s own', async () => {
    await open('new-chat')
    await page.getByLabel('Phone number').fill('+16505553400')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This is your own number.')).toBeVisible()
  })

  test('says why a search failed', async () => {
    await open('new-chat')
    await page.evaluate(() => {
      if (window.gallery) window.gallery.failWith.code = 'offline'
    })
    await page.getByLabel('Phone number').fill('+16505553434')
    await page.keyboard.press('Enter')
    await expect(page.getByText('You are offline, or the server')).toBeVisible()
  })

  test('gives a private name, and blocks after asking', async () => {
    await open('details')
    await page.getByLabel('Your name for this person').fill('Emil from the harbour')
    await page.keyboard.press('Enter')
    await expect(rowOf('Emil from the harbour')).toBeVisible()
    await button('Block').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    expect((await calls('outbox.add')).map(([request]) => request)).toMatchObject([{ kind: 'contact' }])
    await button('Block').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click()
    await expect(page.getByText('You blocked this person.')).toBeVisible()
  })
})

test.describe('settings', () => {
  test('change at once', async () => {
    await open('settings')
    await page.getByRole('switch', { name: 'Show notifications' }).click()
    await page.getByRole('combobox', { name: 'Theme' }).press('Enter')
    await page.getByRole('option', { name: 'Dark' }).press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    expect(await calls('updateSettings')).toEqual([[{ notifications: false }], [{ theme: 'dark' }]])
  })

  test('name the unsent messages before signing out', async () => {
    await open('settings')
    await button('Sign out').click()
    await expect(page.getByText('2 messages have not been sent yet')).toBeVisible()
    await button('Sign out and lose them').click()
    expect(await calls('signOut')).toHaveLength(1)
  })

  test('let a person sign out whose data cannot be opened', async () => {
    await open('broken')
    await page.evaluate(() => {
      if (window.gallery) window.gallery.failWith.code = 'storage'
    })
    await button('Sign out').click()
    await expect(page.getByText('Perch can’t tell whether messages are still waiting')).toBeVisible()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
    expect(await calls('signOut')).toHaveLength(1)
  })
})
