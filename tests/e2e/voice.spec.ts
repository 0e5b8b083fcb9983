/** Voice notes from one person's microphone to the other's ears. Chromium's fake microphone beeps. */
import { expect, test, type Locator } from '@playwright/test'
import { signUp, type Person } from '../support/people.ts'

let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada' }), signUp({ name: 'Ben' })])
  await ada.app.openChatWith(ben.phone, 'Ben')
})
test.afterAll(async () => {
  await Promise.all([ada.leave(), ben.leave()])
})

/** The bar in the place of the composer. */
const bar = (person: Person): Locator =>
  person.app.conversation.getByRole('group', { name: 'New voice message' })
const notes = (person: Person): Locator =>
  person.app.conversation.getByRole('article').getByRole('group', { name: 'Voice message' })
const press = (within: Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).click()

test('a voice note is recorded, sent, downloaded and heard', async () => {
  await ada.app.button('Record a voice message').click()
  await expect(bar(ada).getByText('0:02')).toBeVisible()
  await press(bar(ada), 'Pause')
  await press(bar(ada), 'Continue')
  await expect(bar(ada).getByText('0:03')).toBeVisible()
  await press(bar(ada), 'Stop and listen')
  await press(bar(ada), 'Play')
  await expect(bar(ada).getByRole('button', { name: 'Pause' })).toBeVisible()
  await press(bar(ada), 'Send')
  await expect(notes(ada)).toHaveCount(1)
  await expect(ada.app.conversation.getByRole('textbox', { name: 'Message' })).toBeFocused()

  await ben.app.openChat('Ada')
  const note = notes(ben)
  await expect(note.getByRole('img', { name: 'Not played yet' })).toBeVisible()
  await press(note, 'Play')
  await expect(note.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect(note.getByRole('img', { name: 'Not played yet' })).toHaveCount(0)
  // The recording does not say how long it is, so this also shows that the player finds its end.
  await note.getByRole('slider').press('End')
  await expect(note.getByRole('button', { name: 'Play' })).toBeVisible()
  expect(await ada.perch.problems()).toEqual([])
  expect(await ben.perch.problems()).toEqual([])
})

test('a recording survives the end of the app, and what was heard stays heard', async () => {
  await ada.app.button('Record a voice message').click()
  await expect(bar(ada).getByText('0:03')).toBeVisible()
  await ada.perch.kill()
  await ada.start()
  await ada.app.openChat('Ben')
  await expect(bar(ada).getByRole('slider')).toHaveAttribute('aria-valuemax', /^[234]$/u)
  await press(bar(ada), 'Send')
  await expect(notes(ada)).toHaveCount(2)

  await ben.perch.kill()
  await ben.start()
  await ben.app.openChat('Ada')
  await expect(notes(ben)).toHaveCount(2)
  await expect(ben.app.conversation.getByRole('img', { name: 'Not played yet' })).toHaveCount(1)
})

test('the page cannot use the microphone or the camera on its own', async () => {
  const errorOf = (constraints: MediaStreamConstraints): Promise<string> =>
    ada.perch.page.evaluate(
      (wanted) =>
        navigator.mediaDevices.getUserMedia(wanted).then(
          () => 'granted',
          (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
        ),
      constraints,
    )
  expect(await errorOf({ audio: true })).toBe('NotAllowedError')
  await ada.app.button('Record a voice message').click()
  await expect(bar(ada).getByText('0:01')).toBeVisible()
  expect(await errorOf({ audio: true })).toBe('granted')
  expect(await errorOf({ video: true })).toBe('NotAllowedError')
  expect(await errorOf({ audio: true, video: true })).toBe('NotAllowedError')
  await ada.perch.page.keyboard.press('Escape')
  await expect(ada.app.button('Record a voice message')).toBeVisible()
  // The microphone is released a moment after the bar is gone.
  await expect.poll(() => errorOf({ audio: true })).toBe('NotAllowedError')
})
