/** What the conversation of a group asks the server for, over a store that the spec changes: each listener costs reads. */
import { expect, type Page } from '@playwright/test'
import { test } from '../support/gallery/test.ts'

let url: string
let page: Page

test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage({ locale: 'en-GB' })
  await page.setViewportSize({ width: 1100, height: 500 })
})
test.afterEach(async () => {
  await page.goto('about:blank')
})

async function open(scenario: string): Promise<void> {
  await page.goto(`${url}?scenario=conversation-${scenario}`)
  await expect(page.getByRole('log', { name: 'Messages' })).toBeVisible()
}

/** What is followed now: what was asked for, without what was stopped. */
const followed = (): Promise<unknown[]> =>
  page.evaluate(() => {
    const parts: unknown[] = []
    for (const { name, args } of window.gallery?.conversation.calls ?? []) {
      if (name === 'followMembers') parts.push(args[1])
      if (name === 'unfollowMembers') parts.splice(parts.indexOf(args[1]), 1)
    }
    return parts
  })
const setFocus = (windowFocused: boolean): Promise<void> =>
  page.evaluate((focused) => window.gallery?.store.setState({ windowFocused: focused }), windowFocused)

test('follows receipts while the newest message is an own one, and only typing after an answer', async () => {
  await open('group-receipts')
  await expect.poll(followed).toEqual(['receipts'])
  await page.evaluate(() => window.gallery?.conversation.append('peer', 'Thanks'))
  await expect.poll(followed).toEqual(['typing'])
  await page.evaluate(() => window.gallery?.conversation.append('me', 'Welcome'))
  await expect.poll(followed).toEqual(['receipts'])
})

test('follows nothing while the window has no focus', async () => {
  await open('group-receipts')
  await expect.poll(followed).toEqual(['receipts'])
  await setFocus(false)
  await expect.poll(followed).toEqual([])
  await setFocus(true)
  await expect.poll(followed).toEqual(['receipts'])
})

test('stops following receipts when everyone has read the message', async () => {
  await open('group-receipts')
  await page.evaluate(() =>
    window.gallery?.store.setState(({ activities }) => ({
      activities: new Map(
        [...activities].map(([id, all]) => [
          id,
          all.map((one) => ({ ...one, readAt: one.updatedAt + 86_400_000 })),
        ]),
      ),
    })),
  )
  await expect(page.getByRole('button', { name: 'Read by 3' })).toBeVisible()
  await expect.poll(followed).toEqual(['typing'])
})

test('follows receipts while message info is open, wherever the message is', async () => {
  await open('group-receipts')
  await page.evaluate(() => window.gallery?.conversation.append('peer', 'Thanks'))
  await expect.poll(followed).toEqual(['typing'])
  await page.getByRole('article').filter({ hasText: 'The water butt' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Message info' }).click()
  await expect(page.getByRole('dialog', { name: 'Message info' })).toBeVisible()
  await expect.poll(followed).toEqual(['receipts'])
  await page.keyboard.press('Escape')
  await expect.poll(followed).toEqual(['typing'])
})

test('follows nothing in a direct chat and in a group that this person has left', async () => {
  for (const scenario of ['mixed', 'group-former']) {
    await open(scenario)
    await expect(page.getByRole('article').last()).toBeVisible()
    expect(await followed()).toEqual([])
  }
})

test('offers message info only for own messages of the group', async () => {
  await open('group-receipts')
  const infoOf = async (text: string): Promise<number> => {
    await page.getByRole('article').filter({ hasText: text }).click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
    const count = await page.getByRole('menuitem', { name: 'Message info' }).count()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    return count
  }
  expect(await infoOf('The water butt')).toBe(1)
  expect(await infoOf('Thank you!')).toBe(0)
})
