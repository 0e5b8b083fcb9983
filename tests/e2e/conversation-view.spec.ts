/** The conversation over a store that the spec changes: scroll position, keys, drafts. */
import { type BrowserContextOptions, expect, type JSHandle, type Page } from '@playwright/test'
import { test } from '../support/gallery/test.ts'

const WIDE = 1100
/** So narrow that the rows of unread messages are taller than their estimate. */
const NARROW = 480
const contextOptions: BrowserContextOptions = { locale: 'en-GB' }

let url: string
let page: Page

test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage(contextOptions)
})
test.afterEach(async () => {
  await page.goto('about:blank')
})

async function show(scenario: string, width = WIDE): Promise<void> {
  await page.setViewportSize({ width, height: 700 })
  await page.goto(`${url}?scenario=conversation-${scenario}`)
}

async function open(scenario: string, width = WIDE): Promise<void> {
  await show(scenario, width)
  await expect(composer()).toBeFocused()
  await settled()
}

const composer = () => page.getByRole('textbox', { name: 'Message' })
const list = () => page.getByRole('log', { name: 'Messages' })
const jumpButton = () => page.getByRole('button', { name: /Go to the newest message/u })

/** Measuring rows and correcting the scroll position takes some frames; then the layout is stable. */
const settled = (): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 12; frame += 1) await new Promise(requestAnimationFrame)
  })

async function append(from: 'me' | 'peer', text: string): Promise<void> {
  await page.evaluate(([who, body]) => window.gallery?.conversation.append(who, body), [from, text] as const)
  await settled()
}
async function prepend(count: number): Promise<void> {
  await page.evaluate((n) => window.gallery?.conversation.prepend(n), count)
  await settled()
}
const calls = (name: string): Promise<unknown[][]> =>
  page.evaluate(
    (wanted) =>
      (window.gallery?.conversation.calls ?? [])
        .filter((call) => call.name === wanted)
        .map((call) => call.args),
    name,
  )
async function scrollTo(top: number): Promise<void> {
  await list().evaluate((element, y) => element.scrollTo({ top: y }), top)
  await settled()
}
const distanceFromEnd = (): Promise<number> =>
  list().evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)

/** For each message in view, its distance from the top of the page in px. */
const places = (): Promise<Record<string, number>> =>
  list().evaluate((element) => {
    const view = element.getBoundingClientRect()
    const rows = [...element.querySelectorAll<HTMLElement>('[data-message-id]')]
    return Object.fromEntries(
      rows
        .map((row) => ({ id: row.dataset['messageId'] ?? '', rect: row.getBoundingClientRect() }))
        .filter(({ rect }) => rect.bottom > view.top && rect.top < view.bottom)
        .map(({ id, rect }) => [id, rect.top]),
    )
  })

/** The longest distance in px that a message moved. Counts only messages that were in view before and after. */
function moved(before: Record<string, number>, after: Record<string, number>): number {
  const kept = Object.keys(before).filter((id) => id in after)
  expect(kept.length).toBeGreaterThan(2)
  return Math.max(...kept.map((id) => Math.abs((before[id] ?? 0) - (after[id] ?? 0))))
}

test('keeps the scroll position when a page of older messages arrives, and requests it once', async () => {
  await open('older')
  expect(await calls('loadOlder')).toHaveLength(0)
  await scrollTo(300)
  expect(await calls('loadOlder')).toHaveLength(1)
  const before = await places()
  await prepend(50)
  expect(moved(before, await places())).toBeLessThanOrEqual(2)
  expect(await calls('loadOlder')).toHaveLength(1)
})

test('keeps the scroll position at the very top, page after page, up to the first message', async () => {
  await open('older')
  for (let round = 0; round < 3; round += 1) {
    await scrollTo(0)
    const before = await places()
    await prepend(50)
    expect(moved(before, await places())).toBeLessThanOrEqual(2)
  }
  await scrollTo(0)
  await expect(page.getByText('Message 0', { exact: true }).or(page.getByText(/^Older 0 /u))).toBeVisible()
  expect(await calls('loadOlder')).toHaveLength(3)
})

test('stays at the end when a message arrives and when the composer grows', async () => {
  await open('older')
  expect(await distanceFromEnd()).toBeLessThanOrEqual(1)
  await append('peer', `A long one. ${'word '.repeat(200)}`)
  expect(await distanceFromEnd()).toBeLessThanOrEqual(1)
  await composer().fill('one\ntwo\nthree\nfour\nfive')
  await settled()
  expect(await distanceFromEnd()).toBeLessThanOrEqual(1)
  await expect(jumpButton()).toBeHidden()
})

test('keeps the scroll position when a message arrives below, and counts it until it is in view', async () => {
  await open('older')
  await scrollTo(900)
  const before = await places()
  await append('peer', 'first')
  await append('peer', 'second')
  expect(moved(before, await places())).toBeLessThanOrEqual(1)
  await expect(jumpButton()).toHaveAccessibleName('Go to the newest message, 2 new')
  await jumpButton().click()
  await settled()
  expect(await distanceFromEnd()).toBeLessThanOrEqual(1)
  await expect(jumpButton()).toBeHidden()
})

test('scrolls to a sent message', async () => {
  await open('older')
  await scrollTo(900)
  await composer().fill('hello')
  await composer().press('Enter')
  await settled()
  expect(await calls('send')).toEqual([[{ kind: 'text', text: 'hello' }]])
  await expect(composer()).toHaveValue('')
  await expect(page.getByRole('article', { name: /^You, Sending$/u })).toBeInViewport()
  expect(await distanceFromEnd()).toBeLessThanOrEqual(1)
})

test('opens a chat at its first unread message', async () => {
  await open('unread', NARROW)
  const divider = page.getByText('New messages')
  await expect(divider).toBeInViewport()
  const [top, view] = await Promise.all([divider.boundingBox(), list().boundingBox()])
  expect(Math.abs((top?.y ?? 0) - (view?.y ?? 0))).toBeLessThanOrEqual(16)
})

test('reports messages as seen only when they were in view in a focused window', async () => {
  await open('unread')
  const seen = await calls('seen')
  expect(seen.length).toBeGreaterThan(0)
  const newestSeen = String(seen.at(-1)?.[1])
  expect(Object.keys(await places())).toContain(newestSeen)

  await page.evaluate(() => window.gallery?.store.setState({ windowFocused: false }))
  const count = (await calls('seen')).length
  await scrollTo(1_000_000)
  await append('peer', 'unseen')
  expect(await calls('seen')).toHaveLength(count)
  await page.evaluate(() => window.gallery?.store.setState({ windowFocused: true }))
  await expect.poll(async () => (await calls('seen')).length).toBe(count + 1)
})

test('renders few of ten thousand messages, and Home and End reach both ends', async () => {
  await open('10000')
  expect(await list().getByRole('article').count()).toBeLessThan(60)
  await list().focus()
  await page.keyboard.press('Home')
  await expect(page.getByText(/^0: /u)).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByText(/^9999: /u)).toBeVisible()
})

test('moves between messages by arrow keys, and typing continues in the composer', async () => {
  await open('mixed')
  await list().focus()
  await page.keyboard.press('ArrowUp')
  await expect(page.locator('[data-message-id]:focus')).toHaveText(/Still on its way/u)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(page.locator('[data-message-id]:focus')).toHaveText(/Sent only/u)
  for (let press = 0; press < 30; press += 1) await page.keyboard.press('ArrowUp')
  await expect(page.locator('[data-message-id]:focus')).toHaveText(/right number for the garden club/u)
  await expect(page.locator('[data-message-id]:focus')).toBeInViewport()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-message-id]:focus')).toHaveText(/Welcome!/u)
  await page.keyboard.type('hey')
  await expect(composer()).toBeFocused()
  await expect(composer()).toHaveValue('hey')
})

test('opens the menu of a message by pointer and by key', async () => {
  await open('mixed')
  await page.getByText('Great, see you then').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy text' }).click()
  await list().focus()
  for (let press = 0; press < 2; press += 1) await page.keyboard.press('ArrowUp')
  await expect(page.locator('[data-message-id]:focus')).toHaveText(/Could not be sent/u)
  await page.keyboard.press('ContextMenu')
  await page.getByRole('menuitem', { name: 'Try again' }).click()
  expect(await calls('retry')).toHaveLength(1)
  const copied = await page.evaluate(() => window.gallery?.calls.filter(({ name }) => name === 'copyText'))
  expect(copied).toEqual([{ name: 'copyText', args: ['Great, see you then'] }])
})

test('puts the text of a discarded message into the empty composer', async () => {
  await open('failed')
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(composer()).toHaveValue('They blocked me')
  await expect(composer()).toBeFocused()
})

/** From now on messages are saved when the returned promise is resolved. */
function holdSaving(): Promise<JSHandle<PromiseWithResolvers<void>>> {
  return page.evaluateHandle(() => {
    const held = Promise.withResolvers<void>()
    if (window.gallery) window.gallery.conversation.saving = held.promise
    return held
  })
}

const ownBubble = (text: string, state: string) =>
  page.getByRole('article', { name: `You, ${state}` }).filter({ hasText: text })

test('shows sent messages at once, and keeps their bubbles when they are saved', async () => {
  await open('mixed')
  const saving = await holdSaving()
  for (const text of ['one', 'two']) {
    await composer().fill(text)
    await composer().press('Enter')
  }
  const bubbles = page.getByRole('article', { name: 'You, Saving' })
  await expect(bubbles).toHaveText(['one', 'two'])
  const two = await ownBubble('two', 'Saving').elementHandle()
  await saving.evaluate(({ resolve }) => resolve())
  await expect(ownBubble('two', 'Sending')).toBeVisible()
  await expect(bubbles).toHaveCount(0)
  expect(await two?.evaluate((element) => element.isConnected)).toBe(true)
  await expect(page.getByRole('article').filter({ hasText: /^(one|two)$/u })).toHaveText(['one', 'two'])
})

test('puts a message that could not be saved back into the composer, before the text typed since', async () => {
  await open('mixed')
  const saving = await holdSaving()
  await composer().fill('precious')
  await composer().press('Enter')
  await expect(composer()).toHaveValue('')
  await expect(ownBubble('precious', 'Saving')).toBeVisible()
  await composer().pressSequentially('typed since')
  await saving.evaluate(({ reject }) => reject(new Error('storage')))
  await expect(composer()).toHaveValue('precious\ntyped since')
  await expect(ownBubble('precious', 'Saving')).toHaveCount(0)
  await expect(page.getByText(/It’s back in the text box/u).first()).toBeVisible()
})

test('saves the draft while typing and on blur, but not after sending', async () => {
  await open('mixed')
  await composer().pressSequentially('abc')
  await expect.poll(() => calls('setDraft').then((all) => all.at(-1)?.[1])).toBe('abc')
  await composer().press('d')
  await composer().blur()
  expect((await calls('setDraft')).at(-1)?.[1]).toBe('abcd')
  expect((await calls('typing')).length).toBeGreaterThanOrEqual(4)
  await composer().press('Enter')
  const count = (await calls('setDraft')).length
  await settled()
  await composer().blur()
  expect(await calls('setDraft')).toHaveLength(count)
})

test('inserts a new line, formats by keyboard, rejects a text over the limit', async () => {
  await open('mixed')
  await composer().pressSequentially('one')
  await composer().press('Shift+Enter')
  await composer().pressSequentially('two')
  await expect(composer()).toHaveValue('one\ntwo')
  await composer().press('Shift+Home')
  await composer().press('Control+b')
  await expect(composer()).toHaveValue('one\n*two*')
  await composer().press('Control+z')
  await expect(composer()).toHaveValue('one\ntwo')

  await composer().fill('x'.repeat(4100))
  await composer().press('Enter')
  expect(await calls('send')).toHaveLength(0)
  await expect(composer()).toHaveValue('x'.repeat(4100))
  await expect(page.getByText('4 characters too long')).toBeAttached()
})

test('leaves Enter to an input method', async () => {
  await open('mixed')
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
  await composer().dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  expect(await calls('send')).toHaveLength(0)
  await session.send('Input.insertText', { text: '日本' })
  await composer().press('Enter')
  expect(await calls('send')).toEqual([[{ kind: 'text', text: '日本' }]])
})

test('finds an emoji by name and inserts it at the caret', async () => {
  await open('mixed')
  await composer().fill('ab')
  await composer().press('ArrowLeft')
  await page.getByRole('button', { name: 'Emoji' }).click()
  const search = page.getByRole('searchbox', { name: 'Find an emoji' })
  await expect(search).toBeFocused()
  await search.fill('waving')
  await expect(page.getByRole('gridcell').first()).toHaveAccessibleName('waving hand')
  await search.press('Enter')
  await expect(composer()).toHaveValue('a👋b')
  await expect(composer()).toBeFocused()
})

test('shows hostile messages as text inside their bubbles', async () => {
  await open('hostile')
  const wide = await list().evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await scrollTo(0)
  for (let y = 0; y < 8000; y += 400) {
    await scrollTo(y)
    const tall = await list()
      .getByRole('article')
      .evaluateAll((rows) => Math.max(...rows.map((row) => row.getBoundingClientRect().height)))
    expect(tall).toBeLessThan(520)
  }
  expect(await page.title()).not.toBe('1')
  expect(await page.locator('img, script[src*="alert"]').count()).toBe(0)
  expect(page.url()).toContain('conversation-hostile')
})

test('shows the day at the top while the reader scrolls, and hides it afterwards', async () => {
  await open('10000')
  const date = page.locator('[aria-hidden] > span', { hasText: /^(?:Today|Yesterday|\w+day)$/u })
  await expect(date).toHaveCount(0)
  await list().evaluate((element) => element.scrollBy({ top: -5000 }))
  await expect(date).toBeVisible()
  await expect
    .poll(() => date.evaluate((shown) => getComputedStyle(shown.parentElement ?? shown).opacity))
    .toBe('1')
  await expect
    .poll(() => date.evaluate((shown) => getComputedStyle(shown.parentElement ?? shown).opacity))
    .toBe('0')
})

/** For each bubble: by how much shrinking made it narrower and higher, in px. */
const shrinkage = (): Promise<{ spared: number; grown: number }[]> =>
  list()
    .getByRole('article')
    .evaluateAll((rows) =>
      rows.map((row) => {
        const bubble = row.firstElementChild
        if (!(bubble instanceof HTMLElement)) throw new Error('A row has no bubble.')
        const shrunk = bubble.getBoundingClientRect()
        const { inlineSize } = bubble.style
        bubble.style.inlineSize = ''
        const whole = bubble.getBoundingClientRect()
        bubble.style.inlineSize = inlineSize
        return { spared: whole.width - shrunk.width, grown: shrunk.height - whole.height }
      }),
    )

async function expectShrunk(): Promise<void> {
  const bubbles = await shrinkage()
  expect(Math.max(...bubbles.map(({ spared }) => spared))).toBeGreaterThan(5)
  expect(Math.min(...bubbles.map(({ spared }) => spared))).toBeGreaterThanOrEqual(-1)
  expect(bubbles.map(({ grown }) => grown).filter((grown) => grown !== 0)).toEqual([])
}

test('shrinks a bubble to its widest line, whose height stays', async () => {
  for (const width of [WIDE, NARROW]) {
    await open('10000', width)
    await settled()
    await expectShrunk()
  }
})

test('shrinks bubbles again after the font size changed', async () => {
  await open('10000')
  for (const size of ['20px', '18px', '14px', '']) {
    await page.evaluate((value) => {
      document.documentElement.style.fontSize = value
    }, size)
    await settled()
    await expectShrunk()
  }
})

test('the jump button covers neither time nor ticks, however narrow the list is', async () => {
  for (const width of [360, NARROW, 720, WIDE]) {
    await open('10000', width)
    await scrollTo(3000)
    const button = await jumpButton().boundingBox()
    if (button === null) throw new Error('There is no jump button.')
    const ends = await list()
      .getByRole('article')
      .getByRole('time')
      .evaluateAll((times) => times.map((time) => time.parentElement?.getBoundingClientRect().right ?? 0))
    expect(ends.length).toBeGreaterThan(0)
    expect(Math.max(...ends)).toBeLessThanOrEqual(button.x)
  }
})

test('opens a link through the app, not in the page', async () => {
  await open('mixed')
  await scrollTo(500)
  await page.getByRole('link', { name: /example\.org\/maps/u }).click()
  const opened = await page.evaluate(() => window.gallery?.calls.filter(({ name }) => name === 'openLink'))
  expect(opened).toEqual([{ name: 'openLink', args: ['https://example.org/maps/garden?gate=north&walk=12'] }])
  expect(page.context().pages()).toHaveLength(1)
})

test('hides the composer for a blocked person until unblocked', async () => {
  await show('blocked')
  await expect(page.getByText('You blocked Ada Lovelace.')).toBeVisible()
  await expect(composer()).toBeHidden()
  await page.getByRole('button', { name: 'Unblock' }).click()
  await expect(composer()).toBeVisible()
})
