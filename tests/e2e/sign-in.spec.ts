/** Signing up, in and out; every failure is explained and can be corrected. */
import { expect, test } from '@playwright/test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { codeFor } from '../../scripts/lib/emulator-rest.ts'
import { newPhone } from '../support/new-phone.ts'
import { meet, signUp, testBackend, type Person } from '../support/people.ts'

let someone: Person | undefined
test.afterEach(async () => {
  const problems = await someone?.perch.problems()
  await someone?.leave()
  someone = undefined
  expect(problems).toEqual([])
})

const replicas = (person: Person): string[] =>
  readdirSync(join(person.userData, 'replicas')).filter((name) => name.endsWith('.sqlite'))

test('signs up after a bad number, a wrong code and a missing name', async () => {
  const ada = (someone = await meet({ name: 'Ada Quill' }))
  const { app } = ada
  const { page } = app
  await app.button('Sign in with your phone number').click()
  await app.phoneNumber.fill('+1 415')
  await app.button('Send code').click()
  await expect(page.getByText('That doesn’t look right. Check the country and number.')).toBeVisible()

  await page.getByRole('combobox', { name: /^Country/u }).click()
  await expect(page.getByLabel('Find a country')).toBeFocused()
  await page.keyboard.type('germ')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Country: Germany' })).toBeVisible()
  await app.phoneNumber.fill(ada.phone)
  await expect(page.getByRole('combobox', { name: 'Country: United States' })).toBeVisible()
  await page.clock.install()
  await app.button('Send code').click()
  await expect(page.getByText('We texted a 6-digit code to')).toBeVisible()

  const code = await ada.code()
  await app.enterCode(String((Number(code) + 1) % 1_000_000).padStart(6, '0'))
  await expect(page.getByText('That code isn’t right. Try again.')).toBeVisible()

  await expect(page.getByRole('button', { name: /^Send a new code in 0:\d\d$/u })).toBeVisible()
  await page.clock.fastForward(30_000)
  await app.button('Send a new code').click()
  await expect(page.getByText('A new code is on its way.')).toBeVisible()
  await app.code.evaluate(
    (input, text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    await ada.code(),
  )

  await expect(page.getByRole('heading', { name: 'What’s your name?' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('\u200B \u202E')
  await app.button('Start messaging').click()
  await expect(page.getByText('Your name can’t be blank. Type one in.')).toBeVisible()
  await app.enterName(ada.name)
  await expect(page.getByText('No chats yet')).toBeVisible()

  await app.openSettings()
  await page.getByRole('button', { name: /Edit profile/u }).click()
  await page.getByRole('textbox', { name: 'About' }).fill('Birds and boats')
  await app.button('Save').click()
  await expect(page.getByRole('button', { name: /Ada Quill.*Birds and boats/u })).toBeVisible()
})

test('changes the number before its code is entered', async () => {
  const ada = (someone = await meet({ name: 'Ada Quill' }))
  await ada.app.requestCode(newPhone())
  await ada.app.button('Change number').click()
  await ada.app.phoneNumber.fill(ada.phone)
  await ada.app.button('Send code').click()
  await expect(ada.app.page.getByRole('heading', { name: 'Enter the code' })).toBeVisible()
  await ada.app.enterCode(await ada.code())
  await ada.app.enterName(ada.name)
})

test('removes the replica on sign-out, so that another account on the machine sees nothing of it', async () => {
  const ada = (someone = await signUp({ name: 'Ada Quill' }))
  const ben = await signUp({ name: 'Ben Marsh' })
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Only for us')
  await ada.app.expectTick('Only for us', 'Delivered')
  await ben.leave()
  expect(replicas(ada)).toHaveLength(1)

  await ada.app.signOut()
  expect(replicas(ada)).toEqual([])
  await ada.signIn({ isKnown: true })
  await expect(ada.app.chatRow(ben.name)).toContainText('Only for us')
  await ada.app.signOut()

  const clara = newPhone()
  await ada.app.requestCode(clara)
  await ada.app.enterCode(await codeFor(testBackend(), clara))
  await ada.app.enterName('Clara Voss')
  await expect(ada.app.page.getByText('No chats yet')).toBeVisible()
  expect(replicas(ada)).toHaveLength(1)
})
