import type { Person } from '../../tests/support/people.ts'
import { step } from './console.ts'
import type { Camera } from './tour-camera.ts'

const PIN = '2580'

/** Takes pictures of what makes the app part of the desktop: general settings, proxy, diagnostics, updates, and the lock. */
export async function tourOfTheDesktop(person: Person, { shoot, shootEveryWay }: Camera): Promise<void> {
  const { app } = person
  const { page } = app
  step('The app on the desktop')
  await app.openSettings()
  await app.button('General').click()
  await page.getByRole('switch', { name: 'Check spelling' }).scrollIntoViewIfNeeded()
  await shootEveryWay(person, 'general-desktop')
  await app.button('Network').click()
  await page.getByRole('radio', { name: 'Use this proxy' }).click()
  await page.getByRole('textbox', { name: 'Server' }).fill('proxy.example.org')
  await shootEveryWay(person, 'network')
  await page.getByRole('radio', { name: 'Use the proxy of the system' }).click()
  await app.button('About').click()
  await shootEveryWay(person, 'about')
  await app.button('Save a diagnostics file').click()
  await page.getByRole('dialog').waitFor()
  await shootEveryWay(person, 'diagnostics')
  await page.keyboard.press('Escape')

  await app.button('Privacy').click()
  await app.button('Lock Perch with a PIN').click()
  await page.getByLabel('New PIN', { exact: true }).fill(PIN)
  await page.getByLabel('New PIN again').fill('2581')
  await app.button('Save').click()
  await page.getByText('These don’t match.', { exact: false }).waitFor()
  await shootEveryWay(person, 'lock-new-pin')
  await page.getByLabel('New PIN again').fill(PIN)
  await app.button('Save').click()
  await app.button('Change PIN').waitFor()
  await app.button('Change PIN').scrollIntoViewIfNeeded()
  await shoot(person, 'lock-settings')
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.getByRole('heading', { name: 'Perch is locked' }).waitFor()
  await shootEveryWay(person, 'locked')
  await unlock(person, '0000')
  await page.getByText('That PIN isn’t right.', { exact: false }).waitFor()
  await shoot(person, 'locked-wrong')
  await app.button('Unlock').waitFor()
  await unlock(person, PIN)
  await page.getByRole('heading', { name: 'Perch is locked' }).waitFor({ state: 'hidden' })
  await app.openSettings('Privacy')
  await app.button('Turn off app lock').click()
  await page.getByRole('dialog').getByLabel('Current PIN').fill(PIN)
  await page.keyboard.press('Enter')
  await app.button('Lock Perch with a PIN').waitFor()
  await app.button('Back').click()
}

async function unlock({ app: { page } }: Person, pin: string): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.keyboard.press('Enter')
}
