/** Documents that another member may write without the app, by hand or with a future version. */
import { expect, test } from '@playwright/test'
import { createAccounts, type Fields } from '../../scripts/lib/emulator-rest.ts'
import { newPhone } from '../support/new-phone.ts'
import { signUp, testBackend, type Person } from '../support/people.ts'
import {
  letters,
  writeChat,
  writtenMessage as message,
  type WrittenMessage,
} from '../support/written-chat.ts'

const aliceId = `a${letters()}`
const marks = `Z${'\u0301\u0316\u0489'.repeat(3_334)}`
const rtl = '\u202Egnp.exe \u2066\u2067\u200F\u061C reversed'
/** Close to the maximum size of a document. */
const giant = 'g'.repeat(900_000)

let alice: Person

// One after another: the tests share one account.
test.describe.configure({ mode: 'default' })
test.beforeAll(async () => {
  const phone = newPhone()
  await createAccounts(testBackend(), [{ id: aliceId, phone, displayName: 'Alice Reed' }])
  alice = await signUp({ name: 'Alice Reed', phone })
})
test.afterEach(async () => {
  expect(await alice.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await alice?.leave()
})

const chatFrom = (
  profile: Fields,
  messages: (senderId: string) => WrittenMessage[],
  chat: Fields = {},
): Promise<string> => writeChat(aliceId, { profile, messages, chat })

const text = (value: string): Fields => ({ kind: 'text', text: value })

test('keeps hostile names and texts inside the list, the conversation and the notification', async () => {
  const { app, perch } = alice
  await perch.window.blur()
  await chatFrom({ displayName: `Mallory${rtl}`, about: marks }, (id) => [
    message(id, text(rtl)),
    message(id, text(marks)),
    message(id, text('<img src=x onerror=alert(1)> **bold** <b>b</b>')),
  ])
  await expect.poll(() => perch.notifications()).not.toEqual([])
  const [{ title, body } = { title: '', body: '' }] = await perch.notifications()
  for (const shown of [title, body]) {
    expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u)
    expect(shown.length).toBeLessThan(300)
  }
  expect(body).not.toMatch(/<img/u)
  await perch.window.focus()

  const row = app
    .chatRow('Mallorygnp.exe reversed')
    .or(app.chatList.getByRole('button').filter({ hasText: 'Mallory' }))
  await row.first().click()
  await expect(app.bubbles).toHaveCount(3)
  await expect(app.bubble('<img src=x onerror=alert(1)>')).toBeVisible()
  expect(await app.page.locator('img').count()).toBe(0)
  for (const bubble of await app.bubbles.all()) {
    expect((await bubble.boundingBox())?.height ?? Infinity).toBeLessThan(200)
    expect((await bubble.innerText()).length, 'ten thousand marks on a letter are cut').toBeLessThan(200)
  }
})

test('omits malformed messages and shows the others', async () => {
  const { app } = alice
  await chatFrom({ displayName: 'Wrong Shapes' }, (id) => [
    message(id, text('First, and well formed')),
    message(id, { kind: 'text', text: 42 }),
    message(id, { kind: 'text', text: ['a', 'b'] }),
    message(id, { kind: 'text', text: giant }),
    message(id, { kind: 'hologram', payload: { deep: [giant.slice(0, 10)] } }),
    message(id, { kind: giant.slice(0, 100_000) }),
    message(id, text('No time'), { sentAt: 'yesterday' }),
    message(id, text('No sequence'), { seq: -1.5 }),
    message('someone/else', text('Not a member')),
    message(id, text('Far future'), { sentAt: new Date('9999-01-01') }),
    message(id, text('Last, and well formed')),
  ])
  await app.openChat('Wrong Shapes')
  await expect(app.bubble('First, and well formed')).toBeVisible()
  await expect(app.bubble('Last, and well formed')).toBeVisible()
  await expect(app.bubble('Update Perch to see this message').first()).toBeVisible()
  await app.send('I can still answer')
  await app.expectTick('I can still answer', 'Sent')
})

test('shows new chats after malformed ones', async () => {
  const { app } = alice
  const hello = (id: string) => [message(id, text('hello'))]
  await chatFrom({ displayName: 'Broken One' }, hello, { messageCount: 'many' })
  await chatFrom({ displayName: 'Broken Two' }, hello, { last: 'nothing' })
  await chatFrom({ displayName: 'Broken Three' }, hello, { memberIds: [aliceId, 7] })
  await chatFrom({ displayName: 'Broken Four' }, hello, { kind: 'séance', title: giant })
  await chatFrom({ displayName: 'Broken Five' }, hello, {
    createdAt: null,
    updatedAt: new Date('2199-01-01'),
  })
  await chatFrom({ displayName: 7, about: giant.slice(0, 100_000) }, hello)
  await chatFrom({ displayName: 'Whole Again' }, hello)
  await expect(app.chatRow('Whole Again')).toBeVisible()
  await app.openChat('Whole Again')
  await expect(app.bubble('hello')).toBeVisible()
})

test('shows the same after a restart', async () => {
  await alice.quit()
  await alice.start()
  await expect(alice.app.chatRow('Whole Again')).toBeVisible()
  await alice.app.openChat('Wrong Shapes')
  await expect(alice.app.bubble('Last, and well formed')).toBeVisible()
})
