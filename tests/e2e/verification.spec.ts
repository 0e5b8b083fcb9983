/** Sign-in with the configuration of a real project. The test takes the place of Google's servers. */
import { expect, test } from '@playwright/test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Backend } from '../../src/shared/backend.ts'
import { FAKE_TOKEN, playRecaptcha } from '../support/fake-recaptcha.ts'
import { meet, type Person } from '../support/people.ts'

const project: Backend = {
  firebase: {
    apiKey: 'key-of-the-project',
    authDomain: 'perch-example.firebaseapp.com',
    projectId: 'perch-example',
    storageBucket: 'perch-example.firebasestorage.app',
    appId: '1:1:web:1',
  },
  emulator: null,
}

let folder: string
let ada: Person
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perch-project-'))
  const backend = join(folder, 'backend.json')
  writeFileSync(backend, JSON.stringify(project))
  ada = await meet({ name: 'Ada Quill', backend })
})
test.afterAll(async () => {
  await ada?.leave()
  rmSync(folder, { recursive: true, force: true })
})

/** Takes the place of the project's auth server. Returns a list to which each request for a code adds its body. */
async function playAuthServer({ app }: Person): Promise<unknown[]> {
  const asked: unknown[] = []
  await app.page.route('https://identitytoolkit.googleapis.com/**', async (route) => {
    if (route.request().url().includes('sendVerificationCode')) {
      asked.push(route.request().postDataJSON())
      await route.fulfill({ json: { sessionInfo: 'session' } })
    } else {
      await route.fulfill({ json: {} })
    }
  })
  return asked
}

test('requests a code after the challenge was solved in its window', async () => {
  await playRecaptcha(ada.perch.app)
  const asked = await playAuthServer(ada)
  const { app, perch } = ada
  await app.button('Sign in with your phone number').click()
  await app.phoneNumber.fill(ada.phone)

  const [closed] = await Promise.all([perch.app.waitForEvent('window'), app.button('Send code').click()])
  await expect(closed.getByRole('button', { name: 'I am human' })).toBeVisible()
  expect(new URL(closed.url()).host).toBe(project.firebase.authDomain)
  await closed.evaluate(() => {
    document.cookie = 'seen=1'
  })
  expect(await closed.evaluate(() => document.cookie)).toBe('seen=1')
  await closed.close()
  await expect(app.page.getByText('We couldn’t confirm you’re human. Try again.')).toBeVisible()
  expect(asked).toEqual([])

  const [challenge] = await Promise.all([perch.app.waitForEvent('window'), app.button('Send code').click()])
  await expect(challenge.getByRole('button', { name: 'I am human' })).toBeVisible()
  expect(await challenge.evaluate(() => document.cookie), 'cookies of an earlier challenge').toBe('')
  await challenge.getByRole('button', { name: 'I am human' }).click()
  await expect(app.page.getByText('We texted a 6-digit code to')).toBeVisible()
  expect(asked).toMatchObject([{ phoneNumber: ada.phone, recaptchaToken: FAKE_TOKEN }])
  await expect.poll(() => challenge.isClosed()).toBe(true)
  expect(await perch.problems()).toEqual([])
})
