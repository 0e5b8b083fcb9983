import type { Person } from '../../tests/support/people.ts'
import { step } from './console.ts'
import type { Camera } from './tour-camera.ts'

/** A group from its creation to the removal of a member. */
export async function tourOfGroups(
  /** `guest` joins with a link, and is removed at the end. */
  { owner, guest }: { owner: Person; guest: Person },
  { shoot, shootEveryWay }: Camera,
): Promise<void> {
  const { app } = owner
  step('A lively group')
  await app.openChat('Lake weekend')
  await shootEveryWay(owner, 'group')
  await app.composer.fill('@')
  await app.page.getByRole('option').first().waitFor()
  await shoot(owner, 'group-mention')
  await app.composer.fill('')

  step(`${owner.name} creates a group and a link`)
  await app.button('New chat').click()
  await app.button('New group').click()
  await app.personRow('Ben Demo').click()
  await shootEveryWay(owner, 'new-group')
  await app.button('Next').click()
  await app.page.getByRole('textbox', { name: 'Group name' }).fill('Harbour choir')
  await app.page.keyboard.press('Enter')
  await app.chatHeading('Harbour choir').waitFor()
  const details = await app.openDetails()
  await app.button('Invite link').click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByText('Admins accept people').click()
  await shoot(owner, 'invite-options')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  const link = await dialog.getByText(/^perch:\/\/join\//).innerText()
  await shootEveryWay(owner, 'invite')
  await dialog.getByRole('button', { name: 'Close' }).click()

  step(`${guest.name} asks to join, and is accepted`)
  await guest.perch.secondInstance(link)
  const joining = guest.app.page.getByRole('dialog')
  await joining.getByRole('button', { name: 'Ask to join' }).waitFor()
  await shootEveryWay(guest, 'join')
  await joining.getByRole('button', { name: 'Ask to join' }).click()
  await joining.getByRole('button', { name: 'Take back request' }).waitFor()
  await joining.getByRole('button', { name: 'Close' }).click()
  await app.button('Close details').click()
  await app.openDetails()
  await app.button(`Accept ${guest.name}`).scrollIntoViewIfNeeded()
  await shootEveryWay(owner, 'requests')
  await app.button(`Accept ${guest.name}`).click()
  await guest.app.openChat('Harbour choir')
  await guest.app.send('Thank you for having me!')
  await app.bubble('Thank you for having me!').waitFor()

  step(`${guest.name} is removed`)
  await details.getByRole('button', { name: `Actions for ${guest.name}` }).click()
  await app.page.getByRole('menuitem', { name: 'Remove from group' }).click()
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Remove from group' }).click()
  await guest.app.conversation.getByText('You’re no longer in this group.').waitFor()
  await shootEveryWay(guest, 'removed')
  await app.button('Close details').click()
}
