/** Every screen over a preset store: no axe violations, no console errors, everything reachable by keyboard. */
import { type BrowserContextOptions, type ConsoleMessage, expect, type Page } from '@playwright/test'
import { MUTED_FOREVER } from '#shared/domain/chat.ts'
import type { NotificationFacts } from '#shared/bridge/notifications.ts'
import { axeFindings } from '../support/axe.ts'
import { controlsOutOfReach, settled } from '../support/gallery/keyboard-visit.ts'
import { appScenarios } from '../support/gallery/scenarios/app.ts'
import { conversationScenarios } from '../support/gallery/scenarios/conversation.ts'
import { linkScenarios } from '../support/gallery/scenarios/links.ts'
import { stagingScenarios } from '../support/gallery/scenarios/staging.ts'
import { mediaScenarios } from '../support/gallery/scenarios/media.ts'
import { voiceScenarios } from '../support/gallery/scenarios/voice.ts'
import { test } from '../support/gallery/test.ts'

/** Elements around a popup that pass the focus on as soon as they get it. No screen reader stops there. */
const FOCUS_GUARDS = '[data-base-ui-focus-guard]'
/** Has more rows than a visit by keyboard can reach in time. Its rows are those of other scenarios. */
const TOO_LONG = 'media-5000'
const WIDE = 1200
const NARROW = 600
const contextOptions: BrowserContextOptions = {
  locale: 'en-GB',
  reducedMotion: 'reduce',
  permissions: ['clipboard-read', 'clipboard-write'],
}

let url: string
let page: Page
let complaints: string[]

const onException = (error: Error): void => void complaints.push(String(error))
function onConsole(message: ConsoleMessage): void {
  if (message.type() === 'error') complaints.push(message.text())
}

test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage(contextOptions)
  complaints = []
  page.on('pageerror', onException)
  page.on('console', onConsole)
})
test.afterEach(async () => {
  // Ends the document, so that each error fails the test that caused it.
  await page.goto('about:blank')
  page.off('pageerror', onException)
  page.off('console', onConsole)
  expect(complaints, 'console errors and uncaught exceptions').toEqual([])
})

async function open(scenario: string, width = WIDE): Promise<void> {
  await page.setViewportSize({ width, height: 760 })
  await page.goto(`${url}?scenario=${scenario}`)
  await loaded()
}

/** Waits for the parts of the screen that are loaded in chunks of their own. */
async function loaded(): Promise<void> {
  const headings = await page.evaluate(() => {
    const { session, navigation } = window.gallery?.store.getState() ?? {}
    if (session?.phase === 'signedOut') return ['Welcome to Perch']
    if (session?.phase === 'needsProfile') return ['What’s your name?']
    const sections = {
      profile: 'Profile',
      notifications: 'Notifications',
      general: 'General',
      storage: 'Storage and data',
      privacy: 'Privacy',
      network: 'Network',
      about: 'About',
    }
    const settings = ['Settings', sections[navigation?.settingsSection ?? 'notifications']]
    const panes = { chats: [], newChat: ['New chat'], newGroup: ['New group'], settings }
    const beside = navigation?.mediaOpen === true ? 'Photos, files and links' : 'Details'
    return [...panes[navigation?.pane ?? 'chats'], ...(navigation?.detailsOpen === true ? [beside] : [])]
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
  // An open menu or list of choices has the focus, so it does not matter that it is outside the landmarks.
  const isPopupOpen = (await page.locator('[role="menu"], [role="listbox"]').count()) > 0
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(theme)
    const findings = await axeFindings(page, {
      exclude: FOCUS_GUARDS,
      disabledRules: isPopupOpen ? ['region'] : [],
      coloursOnly: theme === 'dark',
    })
    expect(findings, theme).toEqual([])
  }
}

const centreOf = (box: { x: number; width: number } | null): number =>
  (box?.x ?? NaN) + (box?.width ?? NaN) / 2
const button = (name: string) => page.getByRole('button', { name, exact: true })
const details = () => page.getByRole('region', { name: 'Details' })
const rows = () => page.locator('[data-chat-id]')
const rowOf = (name: string) => rows().filter({ has: page.locator('bdi').getByText(name, { exact: true }) })
const calls = (name: string): Promise<unknown[][]> =>
  page.evaluate(
    (wanted) => (window.gallery?.calls ?? []).filter((call) => call.name === wanted).map((call) => call.args),
    name,
  )

async function choose(list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list, exact: true }).press('Enter')
  await page.getByRole('option', { name: option, exact: true }).press('Enter')
}

/** Changes what the next check of notifications finds, and lets the window get the focus, which checks again. */
async function setFacts(patch: Partial<NotificationFacts>): Promise<void> {
  await page.evaluate((changed) => {
    const { gallery } = window
    if (gallery === undefined) return
    gallery.notifications.facts = { ...gallery.notifications.facts, ...changed }
    gallery.store.setState(({ windowFocused }) => ({ windowFocused: !windowFocused }))
  }, patch)
}

async function paste(text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await page.keyboard.press('ControlOrMeta+v')
}

async function fromMenu(item: string): Promise<void> {
  await button('More').click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

async function toCodeStep(): Promise<void> {
  await button('Sign in with your phone number').click()
  await page.getByLabel('Phone number').fill('+16505553434')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Enter the code' })).toBeVisible()
}

/** Screens that appear only after an action. */
const reachedScreens: Record<string, { from: string; act: () => Promise<unknown> }> = {
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
      await button('Send code').click()
      await expect(page.getByText('That doesn’t look right')).toBeVisible()
    },
  },
  'code step': { from: 'signed-out', act: toCodeStep },
  'wrong code': {
    from: 'signed-out',
    async act() {
      await toCodeStep()
      await page.keyboard.type('111111')
      await expect(page.getByText('That code isn’t right')).toBeVisible()
    },
  },
  'wrong PIN': {
    from: 'locked',
    async act() {
      await page.getByLabel('PIN', { exact: true }).fill('0000')
      await page.keyboard.press('Enter')
      await expect(page.getByText('Try again in 5 seconds')).toBeVisible()
      await expect(page.getByLabel('PIN', { exact: true })).toBeFocused()
    },
  },
  'forgotten PIN': {
    from: 'locked',
    async act() {
      await button('Forgot your PIN?').click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'change of the PIN': {
    from: 'settings-lock',
    async act() {
      await button('Change PIN').click()
      await expect(page.getByLabel('Current PIN')).toBeFocused()
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
  archive: { from: 'chats', act: () => button('Archived').click() },
  'found chats': {
    from: 'chats',
    async act() {
      await page.getByRole('searchbox', { name: 'Find a chat' }).fill('l')
      await expect(page.getByRole('heading', { name: 'Archived' })).toBeVisible()
    },
  },
  'half a number': {
    from: 'new-chat',
    act: () => page.getByRole('searchbox', { name: 'Name or number' }).fill('65055534'),
  },
  'nobody found': {
    from: 'new-chat',
    act: () => page.getByRole('searchbox', { name: 'Name or number' }).fill('zzz'),
  },
  'question before marking all as read': {
    from: 'chats',
    async act() {
      await page.keyboard.press('Shift+Escape')
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'no match': { from: 'chats', act: () => page.getByRole('searchbox', { name: 'Find a chat' }).fill('zzz') },
  'shortcut sheet': {
    from: 'chats',
    async act() {
      await page.keyboard.press('ControlOrMeta+/')
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    },
  },
  'profile form': {
    from: 'settings',
    act: () => button('Mira Santos Out on the water +1 650 555 3400 Edit profile').click(),
  },
  'photo dialog': {
    from: 'photo-group',
    async act() {
      await button('Change photo').click()
      await expect(button('Choose a picture')).toBeVisible()
    },
  },
  'camera for a photo': {
    from: 'photo-group',
    async act() {
      await button('Change photo').click()
      await startCamera()
    },
  },
  'large photo': {
    from: 'photo-details',
    async act() {
      await button('View photo').click()
      await expect(page.getByRole('img', { name: 'Photo of Ana' })).toBeVisible()
    },
  },
  'theme choice': {
    from: 'settings-general',
    async act() {
      await page.getByRole('combobox', { name: 'Theme' }).click()
      await expect(page.getByRole('option', { name: 'Dark' })).toBeVisible()
    },
  },
  'keys recorder': {
    from: 'settings-general',
    async act() {
      await button('Set keys').click()
      await expect(button('Press the keys…')).toBeFocused()
    },
  },
  'sign-out question': {
    from: 'settings',
    async act() {
      await button('Sign out').click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'mute choices': {
    from: 'details',
    async act() {
      await details().getByRole('button', { name: 'Mute' }).click()
      await expect(page.getByRole('menuitem', { name: 'Always' })).toBeVisible()
    },
  },
  'name form': {
    from: 'details',
    async act() {
      await button('Edit name').click()
      await expect(page.getByLabel('Your name for this person')).toBeFocused()
    },
  },
  'report of a person': {
    from: 'details',
    async act() {
      await button('Report').click()
      await expect(page.getByRole('dialog', { name: 'Report' })).toBeVisible()
      await expect(page.getByRole('textbox', { name: 'What happened?' })).toBeVisible()
    },
  },
  'menu of a member': {
    from: 'group-owner',
    async act() {
      await button('Actions for Chen Wei').press('Enter')
      await expect(page.getByRole('menuitem', { name: 'Make owner' })).toBeVisible()
    },
  },
  'form of a description': {
    from: 'group-owner',
    async act() {
      await button('Edit description').click()
      await page.getByRole('textbox', { name: 'Description' }).fill('a'.repeat(490))
      await expect(page.getByText('10 characters left')).toBeVisible()
    },
  },
  'people to add': {
    from: 'group-owner',
    async act() {
      await button('Add people').click()
      await details().getByRole('searchbox', { name: 'Find people' }).fill('+1 650 555 3434')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: /^Grace Hopper/u }).click()
      await expect(page.getByText('1 of 243 picked')).toBeVisible()
    },
  },
  'open run of events': {
    from: 'conversation-group-busy',
    async act() {
      await page.getByRole('button', { name: '3 changes · Show' }).click()
      await page.getByRole('button', { name: 'Show', exact: true }).first().click()
      await expect(page.getByText('Buy my beans')).toBeVisible()
    },
  },
  'first run': {
    from: 'empty',
    act: () => expect(page.getByRole('heading', { name: /^Welcome, / })).toBeVisible(),
  },
  'block question': {
    from: 'details',
    async act() {
      await button('Block').click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'chat menu': {
    from: 'conversation-mixed',
    async act() {
      await button('More').click()
      await page.getByRole('menuitem', { name: 'Mute' }).press('ArrowRight')
      await expect(page.getByRole('menuitem', { name: 'Always' })).toBeVisible()
    },
  },
  'block question of the chat menu': {
    from: 'conversation-mixed',
    async act() {
      await fromMenu('Block')
      await expect(page.getByRole('alertdialog', { name: 'Block' })).toBeVisible()
    },
  },
  'notice with Undo': {
    from: 'conversation-mixed',
    async act() {
      await fromMenu('Archive')
      await expect(button('Undo')).toBeVisible()
    },
  },
  'emoji picker': {
    from: 'conversation-mixed',
    async act() {
      await page.evaluate(() => {
        window.gallery?.store.setState(({ settings }) => ({
          settings: settings && { ...settings, recentEmoji: ['👋🏿', '😀'] },
        }))
      })
      await button('Emoji').click()
      await expect(button('Recently used')).toHaveAttribute('aria-current', 'true')
      await expect(page.getByRole('gridcell').first()).toHaveAccessibleName('waving hand')
    },
  },
  'invite link': {
    from: 'group-owner',
    async act() {
      await button('Invite link').click()
      await expect(page.getByRole('img', { name: 'QR code of the invite link' })).toBeVisible()
    },
  },
  'new invite link': {
    from: 'group-owner',
    async act() {
      await button('Invite link').click()
      await button('Reset link').click()
      await expect(page.getByRole('combobox', { name: 'Expires' })).toBeVisible()
    },
  },
  'message info': { from: 'conversation-group-receipts', act: openMessageInfo },
  'message info while offline': { from: 'conversation-group-receipts-offline', act: openMessageInfo },
  'mention picker': {
    from: 'conversation-group-mentions',
    async act() {
      await page.getByRole('textbox', { name: 'Message' }).fill('@')
      await expect(page.getByRole('option')).toHaveCount(3)
    },
  },
  'mention picker of a caption': {
    from: 'conversation-group-mentions',
    async act() {
      await page.locator('[data-pick="files"]').setInputFiles({
        name: 'plan.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('A plan'),
      })
      await page.getByRole('dialog').getByRole('textbox').fill('@')
      await expect(page.getByRole('option')).toHaveCount(3)
    },
  },
  camera: { from: 'conversation-typing', act: openCamera },
  'photo of the camera': {
    from: 'conversation-typing',
    async act() {
      await openCamera()
      await button('Take photo').click()
      await expect(page.getByRole('img', { name: 'Your photo' })).toBeVisible()
    },
  },
  'no camera': {
    from: 'conversation-typing',
    async act() {
      await page.evaluate(() => {
        if (window.gallery !== undefined) window.gallery.camera.problem = 'denied'
      })
      await button('Attach').click()
      await page.getByRole('menuitem', { name: 'Take a photo' }).click()
      await expect(page.getByRole('alert')).toContainText('Perch can’t use your camera')
    },
  },
  'chat for opened files': {
    from: 'chats-unread',
    async act() {
      await page.evaluate(() => window.gallery?.store.setState({ filesOpened: 1 }))
      await expect(page.getByRole('heading', { name: 'Send 2 files to…' })).toBeVisible()
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

async function openCamera(): Promise<void> {
  await button('Attach').click()
  await page.getByRole('menuitem', { name: 'Take a photo' }).click()
  await expect(button('Take photo')).not.toHaveAttribute('aria-disabled')
}

async function startCamera(): Promise<void> {
  await button('Take a photo').click()
  await expect(button('Take photo')).not.toHaveAttribute('aria-disabled')
}

async function openMessageInfo(): Promise<void> {
  await button('Read by 1').click()
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Not delivered yet' })).toBeVisible()
}

for (const scenario of Object.keys({
  ...appScenarios,
  ...conversationScenarios,
  ...mediaScenarios,
  ...stagingScenarios,
  ...linkScenarios,
  ...voiceScenarios,
})) {
  // One load of the page serves all checks of a scenario: it takes longer than they do.
  test(`has no axe violations, fits, and every control can have the focus: ${scenario}`, async () => {
    await open(scenario)
    await expectNoFindings()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow, 'px wider than the window').toBeLessThanOrEqual(0)
    if (scenario === TOO_LONG) return
    await settled(page)
    expect(await controlsOutOfReach(page)).toEqual([])
  })
}
for (const [name, { from, act }] of Object.entries(reachedScreens)) {
  test(`has no axe violations: ${name}`, async () => {
    await open(from)
    await act()
    await expectNoFindings()
  })
}

test.describe('sign-in', () => {
  test('formats the number while it is typed and sends it as E.164', async () => {
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

  test('selects the country of a pasted international number', async () => {
    await open('signed-out')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Phone number')).toBeFocused()
    await paste('+49 1511 2345678')
    await expect(page.getByRole('combobox', { name: 'Country: Germany' })).toBeVisible()
    await expect(page.getByLabel('Phone number')).toHaveValue('01511 2345678')
    await expect(page.getByLabel('Phone number')).toHaveAttribute('placeholder', '01512 3456789')
    await expect(page.getByText('Germany', { exact: true })).toBeVisible()
  })

  test('keeps a wrong pasted code selected, and replaces it by what is typed or pasted next', async () => {
    await open('signed-out')
    await toCodeStep()
    await paste('654321')
    await expect(page.getByText('That code isn’t right')).toBeVisible()
    const first = page.getByRole('textbox', { name: '6-digit code' })
    await expect(first).toBeFocused()
    await expect(first).toHaveValue('6')
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('6')
    // Begins like the wrong code.
    await page.keyboard.type('65')
    await expect(page.getByLabel('Digit 2 of 6')).toHaveValue('5')
    await expect(page.getByLabel('Digit 3 of 6')).toHaveValue('')
    await page.keyboard.type('9999')
    await expect(page.getByText('That code isn’t right')).toBeVisible()
    await page.keyboard.press('Backspace')
    await expect(first).toHaveValue('')
    await paste('659998')
    await expect(page.getByText('That code isn’t right')).toBeVisible()
    await paste('12')
    await expect(page.getByLabel('Digit 3 of 6')).toBeFocused()
    await page.keyboard.type('3456')
    await expect.poll(() => calls('confirmCode')).toEqual([['654321'], ['659999'], ['659998'], ['123456']])
  })

  test('offers a new code at once when the old one has expired', async () => {
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
    await expect(page.getByText('That code has expired')).toBeVisible()
    await page.evaluate(() => {
      if (window.gallery) window.gallery.failWith.code = null
    })
    await button('Send a new code').click()
    await expect(page.getByText('A new code is on its way.')).toBeVisible()
    expect(await calls('requestCode')).toHaveLength(2)
  })

  test('keeps the typed number when going back to change it', async () => {
    await open('signed-out')
    await toCodeStep()
    await button('Change number').click()
    await expect(page.getByLabel('Phone number')).not.toHaveValue('')
  })

  test('rejects a name without visible characters', async () => {
    await open('name')
    await page.keyboard.type('\u200B ')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Your name can’t be blank. Type one in.')).toBeVisible()
    await page.getByLabel('Name').fill('  Mira ')
    await page.keyboard.press('Enter')
    await expect.poll(() => calls('saveProfile')).toEqual([[{ displayName: 'Mira', about: '' }]])
  })
})

test.describe('a photo', () => {
  const dialog = () => page.getByRole('dialog', { name: 'Photo' })
  const addPicture = async (): Promise<void> => {
    const drawn = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(900, 600)
      canvas.getContext('2d')?.fillRect(0, 0, 450, 600)
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
      return btoa(String.fromCharCode(...bytes))
    })
    await dialog()
      .locator('input[type=file]')
      .setInputFiles({ name: 'drawn.png', mimeType: 'image/png', buffer: Buffer.from(drawn, 'base64') })
    await expect(dialog().getByRole('application')).toBeVisible()
  }

  test('is chosen, cropped by keyboard and set as the group’s', async () => {
    await open('photo-group')
    await button('Change photo').click()
    await addPicture()
    await expectNoFindings()
    await page.getByRole('application').press('+')
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('slider', { name: 'Zoom' }).inputValue()).toBe('1.1')
    await button('Use photo').click()
    await expect(dialog()).toHaveCount(0)
    const [change] = await calls('changeGroup')
    expect(change).toMatchObject([
      'Group000000000000001',
      { event: 'photo', photo: { size: expect.any(Number), small: expect.stringMatching(/^UklGR/u) } },
    ])
  })

  test('is taken with the camera, which is on only meanwhile', async () => {
    const running = (): Promise<number | undefined> => page.evaluate(() => window.gallery?.camera.running)
    await open('name')
    await button('Add a photo').click()
    await startCamera()
    expect(await running()).toBe(1)
    await expect(button('Take photo')).toBeFocused()
    await button('Cancel').click()
    await expect(button('Choose a picture')).toBeVisible()
    await expect.poll(running).toBe(0)
    await startCamera()
    await page.keyboard.press('Enter')
    await expect(dialog().getByRole('application')).toBeVisible()
    await expect.poll(running).toBe(0)
    await button('Use photo').click()
    await expect(dialog()).toHaveCount(0)
    await expect(button('Change photo')).toBeVisible()
  })

  test('is removed', async () => {
    await open('photo-profile')
    await button('Change photo').click()
    await button('Remove photo').click()
    await expect(dialog()).toHaveCount(0)
    await expect.poll(() => calls('outbox.add')).toEqual([[{ kind: 'photo', payload: { photo: null } }]])
    await expect(button('Add a photo')).toBeVisible()
  })

  test('says so when the file is no picture, and takes another one', async () => {
    await open('name')
    await button('Add a photo').click()
    await dialog()
      .locator('input[type=file]')
      .setInputFiles({
        name: 'x.png',
        mimeType: 'image/png',
        buffer: Buffer.from('<svg onload="alert(1)"/>'),
      })
    await expect(page.getByText('Perch can’t open this picture.')).toBeVisible()
    await addPicture()
    await button('Use photo').click()
    await expect(button('Change photo')).toBeVisible()
  })
})

test.describe('a conversation without messages', () => {
  const hello = () => page.getByText(/^Say hello to/u)
  test('suggests saying hello', async () => {
    await open('conversation-first')
    await expect(hello()).toBeVisible()
  })

  test('suggests nothing for a blocked person', async () => {
    await open('conversation-first-blocked')
    await expect(page.getByRole('log', { name: 'Messages' }).getByText('No messages yet')).toBeVisible()
    await expect(page.getByText(/^You blocked/u)).toBeVisible()
    await expect(hello()).toHaveCount(0)
  })

  test('explains that the person’s name is not known yet', async () => {
    await open('conversation-first-unnamed')
    await expect(page.getByText('We don’t know their name yet.')).toBeVisible()
    await expect(hello()).toHaveCount(0)
  })
})

test.describe('chat list', () => {
  test('is one tab stop, and arrow keys move between rows', async () => {
    await open('chats')
    await page.getByRole('searchbox', { name: 'Find a chat' }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(button('Archived')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf('Mom')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf('Ana')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(rowOf('Ana')).toHaveAttribute('aria-current', 'true')
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused()
    await rowOf('Mom').focus()
    await page.keyboard.press('ArrowUp')
    await expect(button('Archived')).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('searchbox', { name: 'Find a chat' })).toBeFocused()
  })

  test('renders only the rows in view, and Home and End reach both ends', async () => {
    await open('chats-500')
    expect(await rows().count()).toBeLessThan(40)
    await rows().first().focus()
    await page.keyboard.press('End')
    await expect(rowOf('Jun Eriksen 499')).toBeFocused()
    await page.keyboard.press('Home')
    await expect(rowOf('Ana Abe 0')).toBeFocused()
  })

  test('finds chats by name without accents, archived ones too', async () => {
    await open('chats')
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('novak')
    await expect(rows()).toHaveCount(1)
    await page.keyboard.press('Escape')
    await page.keyboard.type('l')
    await expect(page.getByRole('list', { name: 'Chats' }).getByRole('listitem')).toHaveCount(4)
    await expect(page.getByRole('heading', { name: 'Archived' })).toBeVisible()
    await expect(page.getByRole('list', { name: 'Archived' }).getByRole('listitem')).toHaveCount(1)
    await page.keyboard.type('andlord')
    await page.keyboard.press('Enter')
    await expect(rowOf('Old Landlord')).toHaveAttribute('aria-current', 'true')
  })

  test('opens and leaves the archive by keyboard', async () => {
    await open('chats')
    await button('Archived').focus()
    await page.keyboard.press('Enter')
    await expect(rowOf('Old Landlord')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(button('Archived')).toBeFocused()
  })

  test('scrolls the row of the archive with the list, and shows there what is unread', async () => {
    await open('chats-archived-unread')
    await expect(button('Archived 3 unread messages')).toBeVisible()
    await rows().first().focus()
    await page.keyboard.press('End')
    await expect(button('Archived 3 unread messages')).not.toBeInViewport()
    await page.keyboard.press('Home')
    await expect(button('Archived 3 unread messages')).toBeInViewport()
  })

  test('shows a number as its country writes it', async () => {
    await open('chats')
    await expect(rowOf('+44 20 7946 0958')).toBeAttached()
  })

  test('hides the presence of blocked people', async () => {
    await open('details-blocked-online')
    const dots = page.locator('[data-chat-id]').getByText('Online', { exact: true })
    await expect(dots).toHaveCount(1)
    await expect(rowOf('Ana')).not.toContainText('Online')
    await expect(page.getByText('online', { exact: true })).toHaveCount(0)
    await page.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Unblock' }).click()
    await expect(dots).toHaveCount(2)
    await expect(page.getByText('online', { exact: true })).toHaveCount(2)
  })

  test('pins, mutes and archives from the context menu by keyboard', async () => {
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
    await button('Archived').click()
    await expect(rowOf('Gil')).toBeVisible()
  })

  test('marks a chat as read and as unread', async () => {
    await open('chats')
    await rowOf('Ana').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Mark as read' }).click()
    await expect(rowOf('Ana').getByText('2 unread messages')).toHaveCount(0)
    await rowOf('Ana').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Mark as unread' }).click()
    await expect(rowOf('Ana').getByText('Marked as unread')).toBeAttached()
  })

  test('keeps a hostile name inside its row', async () => {
    await open('chats-hostile')
    const heights = await rows().evaluateAll((all) => all.map((row) => row.scrollHeight - row.clientHeight))
    expect(Math.max(...heights)).toBeLessThanOrEqual(0)
    expect(await rows().allInnerTexts()).not.toContainEqual(
      expect.stringMatching(/[\u202A-\u202E\u2066-\u2069]/u),
    )
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })

  test('corrects server times to the local clock, but not the times of queued messages', async () => {
    await open('chats')
    const timeOf = async (name: string): Promise<number> =>
      Date.parse((await rowOf(name).locator('time').getAttribute('datetime')) ?? '')
    const [sent, queued] = [await timeOf('Ana'), await timeOf('Gil')]
    await page.evaluate(() => window.gallery?.store.setState({ clockOffset: 7_200_000 }))
    expect([await timeOf('Ana'), await timeOf('Gil')]).toEqual([sent - 7_200_000, queued])
  })

  test('shows the number of unread messages in the window title', async () => {
    await open('chats')
    await expect(page).toHaveTitle('(3) Perch')
  })
})

test.describe('window', () => {
  test('navigates by shortcuts, and Escape goes back', async () => {
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

  test('shows the tooltip of the button under the pointer, and of the one that the keyboard focuses', async () => {
    await open('chats')
    const tooltip = page.locator('[popover]')
    await button('New chat').hover()
    await expect(tooltip).toHaveText('New chatCtrl+N')
    // Below its button, and inside the window.
    const [shown, control] = [await tooltip.boundingBox(), await button('New chat').boundingBox()]
    expect(shown?.y).toBeGreaterThanOrEqual((control?.y ?? NaN) + (control?.height ?? NaN))
    expect(Math.abs(centreOf(shown) - centreOf(control))).toBeLessThan(2)
    await page.mouse.move(5, 400)
    await expect(tooltip).toHaveCount(0)
    await page.getByRole('searchbox', { name: 'Find a chat' }).focus()
    await page.keyboard.press('Shift+Tab')
    await expect(tooltip).toHaveText('New chatCtrl+N')
    await page.keyboard.press('ControlOrMeta+n')
    await expect(page.getByRole('heading', { name: 'New chat' })).toBeVisible()
    await expect(tooltip).toHaveCount(0)
  })

  test('shows title and Back of a pane while its code loads', async () => {
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/NewChat-*.js', async (route) => {
      await released
      await route.continue()
    })
    await open('chats')
    await page.keyboard.press('ControlOrMeta+n')
    await expect(page.getByRole('heading', { name: 'New chat' })).toBeVisible()
    await expect(page.getByRole('searchbox', { name: 'Name or number' })).toHaveCount(0)
    await expect(button('Back')).toBeVisible()
    release()
    await expect(page.getByRole('searchbox', { name: 'Name or number' })).toBeVisible()
    await page.unroute('**/NewChat-*.js')
  })

  test('resizes the list by pointer and by keyboard', async () => {
    await open('chats')
    const line = page.getByRole('separator', { name: 'Width of the chat list' })
    const width = async (): Promise<number> =>
      Math.round((await page.getByRole('region', { name: 'Chats' }).boundingBox())?.width ?? 0)
    const start = await width()
    await line.hover()
    await page.mouse.down()
    await page.mouse.move(56 + 380, 300)
    await page.mouse.up()
    expect(await width()).toBe(start + 60)
    await expect(line).toHaveAttribute('aria-valuenow', '380')
    await line.focus()
    await page.keyboard.press('ArrowLeft')
    expect(await width()).toBe(start + 50)
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowRight')
    expect(await width()).toBe(start + 120)
    await line.dblclick()
    expect(await width()).toBe(start)
    expect((await calls('updateSettings')).at(-1)).toEqual([{ listWidth: 320 }])
  })

  test('shows no invitation to pick a chat beside a new one', async () => {
    await open('new-chat')
    await expect(page.getByText('No chat open')).toHaveCount(0)
  })

  test('lets Escape close an open menu first', async () => {
    await open('chats')
    await rowOf('Ana').click()
    await rowOf('Ana').click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(rowOf('Ana')).toHaveAttribute('aria-current', 'true')
  })

  test('shows one pane in a narrow window', async () => {
    await open('chats', NARROW)
    await expect(page.getByText('No chat open')).toBeHidden()
    await rowOf('Ana').click()
    await expect(rows().first()).toBeHidden()
    await button('Back').click()
    await expect(rowOf('Ana')).toBeVisible()
    await rowOf('Ana').click()
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('searchbox', { name: 'Find a chat' })).toBeFocused()
  })

  test('runs no animations when reduced motion is requested', async () => {
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

  test('limits an exception to the pane that threw it', async () => {
    await open('details')
    await page.evaluate(() => {
      // The replica never returns NaN as a time; this stands for any exception in a component.
      window.gallery?.store.setState(({ chats }) => ({
        chats: new Map(
          [...chats].map(([id, chat]) => [id, { ...chat, last: chat.last && { ...chat.last, sentAt: NaN } }]),
        ),
      }))
    })
    await expect(page.getByRole('alert').getByText('This part of Perch stopped working')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Details' })).toBeVisible()
    expect(await calls('report')).toContainEqual([expect.stringContaining('error.'), expect.any(String)])
    complaints = []
  })
})

test.describe('open chat', () => {
  const header = () => page.getByRole('region', { name: 'Conversation' }).locator('header')

  test('can be muted, archived and blocked from its menu by keyboard, and archiving undone', async () => {
    await open('conversation-mixed')
    await button('More').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Mute' }).press('ArrowRight')
    await page.getByRole('menuitem', { name: 'For 1 week' }).press('Enter')
    await expect(rowOf('Ada Lovelace').getByRole('img', { name: 'Muted' })).toBeVisible()
    await expect(button('More')).toBeFocused()

    await fromMenu('Archive')
    await expect(rowOf('Ada Lovelace')).toHaveCount(0)
    await button('Undo').press('Enter')
    await expect(rowOf('Ada Lovelace')).toBeVisible()
    await expect(button('Undo')).toHaveCount(0)

    await fromMenu('Block')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    expect(await calls('outbox.add')).toEqual([])
    await fromMenu('Block')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click()
    await expect(page.getByText(/^You blocked/u)).toBeVisible()
    await fromMenu('Unblock')
    await expect(page.getByText(/^You blocked/u)).toHaveCount(0)
  })

  test('shows in its header that the network is missing, and a connection only if it takes long', async () => {
    await open('conversation-offline', NARROW)
    await expect(header()).toContainText('Waiting for network…')
    await expect(header().getByRole('status')).toHaveText('Waiting for network…')
    await page.clock.install()
    await page.evaluate(() => window.gallery?.store.setState({ connection: 'connecting' }))
    await expect(header()).toContainText('last seen')
    await page.clock.runFor(1100)
    await expect(header()).toContainText('Connecting…')
    await page.evaluate(() => window.gallery?.store.setState({ connection: 'online' }))
    await expect(header()).toContainText('last seen')
  })

  test('has notices above its composer, in the middle of the pane', async () => {
    await open('conversation-mixed')
    await fromMenu('Archive')
    const boxes = [button('Undo').locator('..'), page.getByRole('region', { name: 'Conversation' })]
    const [notice, pane] = await Promise.all(boxes.map((locator) => locator.boundingBox()))
    const composer = await page.getByRole('textbox', { name: 'Message' }).locator('..').boundingBox()
    if (!notice || !pane || !composer) throw new Error('Something is not visible.')
    expect(notice.x + notice.width / 2).toBeCloseTo(pane.x + pane.width / 2, 0)
    expect(composer.y - (notice.y + notice.height)).toBeCloseTo(16, 0)
  })

  test('has an emoji picker with categories, a skin tone and recent emoji', async () => {
    await open('conversation-mixed')
    await button('Emoji').click()
    await expect(button('Recently used')).toHaveCount(0)
    await page.getByRole('button', { name: 'Skin tone: default' }).click()
    await expect(page.getByRole('button', { name: 'Skin tone: light skin tone' })).toBeVisible()
    await button('Smileys & emotion').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(button('People & body')).toHaveAttribute('aria-current', 'true')
    await page.getByRole('gridcell', { name: 'waving hand' }).click()
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('👋🏻')
    await button('Emoji').click()
    await expect(button('Recently used')).toHaveAttribute('aria-current', 'true')
    await expect(page.getByRole('gridcell').first()).toHaveText('👋🏻')
    await page.keyboard.type('waving')
    await expect(page.getByRole('gridcell', { name: 'waving hand' })).toHaveCount(1)
  })
})

test.describe('people', () => {
  const field = () => page.getByRole('searchbox', { name: 'Name or number' })
  const personRows = () => page.getByRole('list', { name: 'People' }).locator('[data-row-id]')

  test('opens a chat with the person found by number', async () => {
    await open('new-chat')
    await expect(field()).toBeFocused()
    await page.keyboard.type('65055534')
    await expect(button('Find +1 650 555 34…')).toBeVisible()
    await page.keyboard.type('34')
    await expect(personRows().first()).toHaveAccessibleName('Find +1 650 555 3434')
    await page.keyboard.press('Enter')
    await expect(personRows().first()).toHaveAccessibleName('Grace Hopper On the bridge +1 650 555 3434')
    expect(await calls('openDirect')).toEqual([])
    await page.keyboard.press('Enter')
    await expect(rowOf('Grace Hopper')).toHaveAttribute('aria-current', 'true')
  })

  test('finds contacts and people of chats by name, and moves between them by arrow keys', async () => {
    await open('new-chat')
    await expect(field()).toBeFocused()
    await page.keyboard.type('a')
    await expect(personRows().first()).toContainText('Ana')
    await page.keyboard.press('ArrowDown')
    await expect(personRows().first()).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(personRows().nth(1)).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect(field()).toBeFocused()
    await field().fill('novak')
    await page.keyboard.press('Enter')
    await expect(rowOf('Emil Novák')).toHaveAttribute('aria-current', 'true')
  })

  test('reads a national number with the country of the chip', async () => {
    await open('new-chat')
    await expect(field()).toBeFocused()
    await page.keyboard.type('1511 2345678')
    await page.getByRole('combobox', { name: 'Country: United States' }).click()
    await expect(page.getByLabel('Find a country')).toBeFocused()
    await page.keyboard.type('germ')
    await page.keyboard.press('Enter')
    await expect(field()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText('+49 1511 2345678 isn’t on Perch.')).toBeVisible()
    expect(await calls('findByPhone')).toEqual([['+4915112345678']])
  })

  test('asks to check a number that cannot be complete', async () => {
    await open('new-chat')
    await expect(field()).toBeFocused()
    await page.keyboard.type('6505')
    await page.keyboard.press('Enter')
    await expect(field()).toHaveAttribute('aria-invalid', 'true')
    await page.keyboard.type('5')
    await expect(field()).not.toHaveAttribute('aria-invalid')
    expect(await calls('findByPhone')).toEqual([])
  })

  test('explains that a number is your own', async () => {
    await open('new-chat')
    await expect(field()).toBeFocused()
    await field().fill('+16505553400')
    await page.keyboard.press('Enter')
    await expect(page.getByText('That’s your own number.')).toBeVisible()
  })

  test('explains why a search failed', async () => {
    await open('new-chat')
    await expect(field()).toBeFocused()
    await page.evaluate(() => {
      if (window.gallery) window.gallery.failWith.code = 'offline'
    })
    await field().fill('+16505553434')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Perch can’t reach the server')).toBeVisible()
  })

  test('saves a private name, and blocks only after confirmation', async () => {
    await open('details')
    await button('Edit name').click()
    await page.getByLabel('Your name for this person').fill('Emil from the harbour')
    await page.keyboard.press('Enter')
    await expect(rowOf('Emil from the harbour')).toBeVisible()
    await expect(button('Edit name')).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(details()).toBeVisible()
    await expect(button('Edit name')).toBeFocused()
    await button('Block').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    expect((await calls('outbox.add')).map(([request]) => request)).toMatchObject([{ kind: 'contact' }])
    await button('Block').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click()
    await expect(page.getByText('You blocked this person.')).toBeVisible()
    await expect(details().getByText(/last seen/u)).toHaveCount(0)
  })

  test('mutes and archives a chat from its details', async () => {
    await open('details')
    await details().getByRole('button', { name: 'Mute' }).click()
    await page.getByRole('menuitem', { name: 'For 1 week' }).click()
    await expect(details().getByRole('button', { name: 'Muted' })).toBeVisible()
    await details().getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await expect(rowOf('Emil Novák')).toHaveCount(0)
  })

  test('shows details as a column, over the chat, or in its place', async () => {
    const left = async (name: string): Promise<number> =>
      (await page.getByRole('region', { name }).boundingBox())?.x ?? 0
    const right = async (name: string): Promise<number> => {
      const box = await page.getByRole('region', { name }).boundingBox()
      return (box?.x ?? 0) + (box?.width ?? 0)
    }
    await open('details', 1200)
    await expect
      .poll(async () => (await right('Conversation')) - (await left('Details')))
      .toBeLessThanOrEqual(0)
    await open('details', 1199)
    await expect.poll(async () => (await left('Details')) - (await left('Conversation'))).toBeGreaterThan(100)
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
    await open('details', 899)
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeHidden()
    await expect(rowOf('Emil Novák')).toBeVisible()
    await open('details', 719)
    await expect(rowOf('Emil Novák')).toBeHidden()
    // Until the code of the details is loaded, another button has this name. A click while it is replaced would be lost.
    await expect(details().getByRole('button', { name: 'Block' })).toBeVisible()
    await button('Close details').click()
    await button('Details').focus()
    await page.keyboard.press('Enter')
    await expect(details()).toBeFocused()
  })
})

test.describe('notifications of a chat', () => {
  const status = () => details().getByRole('region', { name: 'Will I be notified?' }).getByRole('status')

  test('have a level, a duration and a sound', async () => {
    await open('details')
    await expect(status()).toHaveText(/^Yes\. Messages from .+ will show and play a sound\.$/u)
    await choose('Notify me about', 'Nothing')
    await expect(status()).toHaveText('No, because this chat is muted.')
    await choose('For how long', 'For 1 week')
    await expect(page.getByRole('combobox', { name: 'For how long' })).toHaveText(/^Until \w{3}/u)
    await details().getByRole('button', { name: 'Unmute' }).click()
    await expect(status()).toHaveText(/^Yes/u)
    await choose('Sound', 'Bell')
    await choose('Sound', 'None')
    await expect(status()).toHaveText('Quietly: this chat has no sound.')
    expect(await calls('notifications.play')).toEqual([['bell']])
    expect((await calls('setState')).map(([, patch]) => patch)).toEqual([
      { mutedUntil: MUTED_FOREVER, muteMentions: true },
      { mutedUntil: expect.any(Number) },
      { mutedUntil: null, muteMentions: false },
      { sound: 'bell' },
      { sound: 'none' },
    ])
  })
})

test.describe('first run', () => {
  test('offers the first steps until it is hidden', async () => {
    await open('empty')
    await button('Notifications are on').click()
    await expect(page.getByRole('combobox', { name: 'Notify me about' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Learn/u }).click()
    await expect(page.getByRole('searchbox', { name: 'Find a chat' })).toBeFocused()
    await page.getByRole('button', { name: /^Find someone by number/u }).click()
    await expect(page.getByRole('searchbox', { name: 'Name or number' })).toBeVisible()
    await page.keyboard.press('Escape')
    await button('Hide').click()
    await expect(page.getByText('No chat open')).toBeVisible()
    expect(await calls('updateSettings')).toEqual([[{ firstRunHidden: true }]])
  })

  test('says that the chats are on their way', async () => {
    await open('first-sync')
    await expect(page.getByRole('status').getByText('Getting your chats…')).toBeVisible()
  })
})

test.describe('settings', () => {
  test('take the next keys for the window, which nothing else hears', async () => {
    await open('settings-general')
    const set = page.getByRole('button', { name: 'Set keys' })
    await set.click()
    await page.keyboard.press('Escape')
    await expect(set).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Press the keys…' })).toBeFocused()
    await page.keyboard.press('Shift+P')
    await page.keyboard.press('Control+K')
    await expect(page.getByRole('button', { name: 'Change keys' })).toBeFocused()
    expect(await calls('updateSettings')).toEqual([[{ globalShortcut: 'Control+K' }]])
    expect(await calls('pauseShortcut')).toEqual([[true], [false], [true], [false]])
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(set).toBeFocused()
  })

  test('apply changes at once', async () => {
    await open('settings')
    await choose('Notify me about', 'Mentions and direct chats')
    await button('General').click()
    await page.getByRole('combobox', { name: 'Theme' }).press('Enter')
    await page.getByRole('option', { name: 'Dark' }).press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    expect(await calls('updateSettings')).toEqual([
      [{ notifyAbout: 'mentionsAndDirect' }],
      [{ theme: 'dark' }],
    ])
  })

  test('lie beside their sections in a wide window, and go back to the chats', async () => {
    await open('settings')
    await button('Privacy').click()
    await expect(page.getByRole('heading', { name: 'Blocked people' })).toBeVisible()
    await expect(button('Privacy')).toHaveAttribute('aria-current', 'true')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Chats' })).toBeVisible()
    await expect(page.getByText('No chat open')).toBeVisible()
  })

  test('open a section over their list in a narrow window, and keep the focus', async () => {
    await open('chats', NARROW)
    await page.keyboard.press('ControlOrMeta+,')
    await button('General').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'General' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeHidden()
    await expect(page.getByRole('region', { name: 'General' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(button('General')).toBeFocused()
    await expect(page.getByRole('heading', { name: 'General' })).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Chats' })).toBeVisible()
  })

  test('take the focus in a narrow window also when their code arrives late', async () => {
    let deliver = (): void => undefined
    const wanted = new Promise<void>((resolve) => (deliver = resolve))
    const code = /SettingsSection/u
    await page.route(code, async (route) => {
      await wanted
      await route.continue()
    })
    await open('chats', NARROW)
    await page.keyboard.press('ControlOrMeta+,')
    await button('General').focus()
    await page.keyboard.press('Enter')
    await expect(button('General')).toBeHidden()
    await expect(page.locator('body')).toBeFocused()
    deliver()
    await expect(page.getByRole('region', { name: 'General' })).toBeFocused()
    await page.unroute(code)
  })

  test('resume notifications that are paused', async () => {
    await open('settings-paused')
    await expect(page.getByText(/^Notifications are paused until \d/u)).toBeVisible()
    await page.getByRole('region', { name: 'Settings' }).getByRole('button', { name: 'Resume' }).click()
    await expect(button('Resume')).toHaveCount(0)
    expect(await calls('updateSettings')).toEqual([[{ mutedUntil: null }]])
  })

  test('set quiet hours', async () => {
    await open('settings')
    await expect(page.getByLabel('From')).toBeHidden()
    await page.getByRole('switch', { name: 'Quiet hours' }).click()
    await page.getByLabel('From').fill('21:30')
    await button('Sun').click()
    await expect(button('Sun')).toHaveAttribute('aria-pressed', 'false')
    await page.getByRole('switch', { name: 'Let mentions through' }).click()
    const quietHours = await page.evaluate(() => window.gallery?.store.getState().settings?.quietHours)
    expect(quietHours).toEqual({
      enabled: true,
      from: 21 * 60 + 30,
      to: 7 * 60,
      days: [1, 2, 3, 4, 5, 6],
      exceptMentions: false,
      exceptPinned: true,
    })
  })

  test('pause notifications and go on', async () => {
    await open('settings')
    await choose('Pause', 'For 8 hours')
    await expect(page.getByText('No, because notifications are paused.')).toBeVisible()
    await choose('Pause', 'Not paused')
    await expect(page.getByText(/^Yes\. New messages/u)).toBeVisible()
  })

  test('say whether this person will be notified, why not, and mend it', async () => {
    await open('settings')
    const answer = page.getByRole('region', { name: 'Will I be notified?' }).getByRole('status')
    await expect(answer).toHaveText('Yes. New messages will show and play a sound.')
    await setFacts({ doNotDisturb: true })
    await expect(answer).toHaveText('Quietly: do not disturb is on.')
    await setFacts({ permission: 'denied' })
    await expect(answer).toHaveText('No, because your system blocks Perch.')
    await setFacts({ permission: 'granted', doNotDisturb: false })
    await page.getByRole('switch', { name: 'Play a sound' }).click()
    await expect(answer).toHaveText('Quietly: sounds are off.')
    await page.getByRole('listitem').filter({ hasText: 'Sounds are off.' }).getByRole('button').click()
    await expect(answer).toHaveText(/^Yes/u)
    await button('Show all checks').click()
    await expect(page.getByText('A push to yourself took 0.8 s')).toBeVisible()
    await button('Send a test').click()
    await expect(page.getByText('Test sent. Did you see it?')).toBeVisible()
  })

  test('mention unsent messages before signing out', async () => {
    await open('settings')
    await button('Sign out').click()
    await expect(page.getByText('2 messages haven’t been sent yet')).toBeVisible()
    await button('Sign out anyway').click()
    expect(await calls('signOut')).toHaveLength(1)
  })

  test('allow signing out when the data cannot be opened', async () => {
    await open('broken')
    await page.evaluate(() => {
      if (window.gallery) window.gallery.failWith.code = 'storage'
    })
    await button('Sign out').click()
    await expect(page.getByText('Perch can’t tell if any messages are still waiting')).toBeVisible()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
    expect(await calls('signOut')).toHaveLength(1)
  })
})
