import type { Person } from '../../tests/support/people.ts'
import { step } from './console.ts'
import type { Camera } from './tour-camera.ts'

/** Takes pictures of the notification settings, of the check of the chain, and of the settings of one group. */
export async function tourOfNotifications(person: Person, { shoot, shootEveryWay }: Camera): Promise<void> {
  const { app } = person
  const { page } = app
  step('Notifications')
  await app.openSettings()
  // In a narrow window the section is shown only when it was chosen.
  await app.button('Notifications').click()
  const card = page.getByRole('region', { name: 'Will I be notified?' })
  await card.getByRole('status').waitFor()
  await shootEveryWay(person, 'notifications')
  await page.getByRole('switch', { name: 'Play a sound' }).click()
  await card.getByText('Quietly: sounds are off.').waitFor()
  await shoot(person, 'notifications-broken')
  await app.button('Turn on').first().click()
  const quiet = page.getByRole('switch', { name: 'Quiet hours' })
  await quiet.click()
  await page.getByLabel('To', { exact: true }).scrollIntoViewIfNeeded()
  await shootEveryWay(person, 'quiet-hours')
  await quiet.click()
  await app.button('General').click()
  await page.getByRole('combobox', { name: 'Free memory while in the tray' }).scrollIntoViewIfNeeded()
  await shoot(person, 'general')
  await app.button('Back').click()

  await app.openChat('Lake weekend')
  const details = await app.openDetails()
  const own = details.getByRole('region', { name: 'Notifications' })
  await own.getByRole('combobox').first().click()
  await page.getByRole('option', { name: 'Mentions only' }).click()
  await own.scrollIntoViewIfNeeded()
  await shootEveryWay(person, 'chat-notifications')
  await app.button('Close details').click()
}
