import { expect as baseExpect } from '@playwright/test'
import type { Locator, Page } from 'playwright-core'

// The timeout is set here, because the tour runs without the specs' configuration.
const expect = baseExpect.configure({ timeout: 20_000 })

/** The texts of a tick, as in `chats.delivery` of the catalogue. */
export type Tick = 'Saving' | 'Sending' | 'Not sent' | 'Sent' | 'Delivered' | 'Read'

/** The app's page as a person uses it. It finds elements by role and name, never by markup. */
export class AppPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  // --- signing in

  get phoneNumber(): Locator {
    return this.page.getByRole('textbox', { name: 'Phone number' })
  }
  get code(): Locator {
    return this.page.getByRole('textbox', { name: '6-digit code' })
  }

  async requestCode(phone: string): Promise<void> {
    await this.button('Sign in with your phone number').click()
    await this.phoneNumber.fill(phone)
    await this.button('Send code').click()
    await expect(this.page.getByRole('heading', { name: 'Enter the code' })).toBeVisible()
  }

  /** Types the code digit by digit, as the boxes expect. The last digit confirms. */
  async enterCode(code: string): Promise<void> {
    await this.code.click()
    await this.page.keyboard.type(code)
  }

  async enterName(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name)
    await this.button('Start messaging').click()
    await this.expectReady()
  }

  /** Waits until the chat list is shown. */
  async expectReady(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Chats', exact: true })).toBeVisible()
  }

  // --- the chat list

  get chatList(): Locator {
    return this.page.getByRole('list', { name: 'Chats' })
  }
  /** The row of the chat with that person. Its accessible name contains everything that it shows. */
  chatRow(name: string): Locator {
    return this.chatList.getByRole('button').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  async openChat(name: string): Promise<void> {
    await this.chatRow(name).click()
    await expect(this.chatHeading(name)).toBeVisible()
  }

  /** Finds a person by their number, typed with its country code, and opens the chat. */
  async openChatWith(phone: string, name: string): Promise<void> {
    await this.findPerson(phone)
    await this.personRow(name).click()
    await expect(this.chatHeading(name)).toBeVisible()
  }

  async findPerson(phone: string): Promise<void> {
    await this.button('New chat').click()
    await this.nameOrNumber.fill(phone)
    await this.nameOrNumber.press('Enter')
  }

  get nameOrNumber(): Locator {
    return this.page.getByRole('searchbox', { name: 'Name or number' })
  }
  /** The row of a person in the pane for a new chat. */
  personRow(name: string): Locator {
    return this.page.getByRole('list', { name: 'People' }).getByRole('button', { name })
  }

  /** Chooses an item in the chat's context menu. `path`: the labels to click, such as 'Mute', 'Always'. */
  async inChatMenu(name: string, ...path: string[]): Promise<void> {
    await this.chatRow(name).click({ button: 'right' })
    for (const label of path) await this.page.getByRole('menuitem', { name: label, exact: true }).click()
    await expect(this.page.getByRole('menu')).toHaveCount(0)
  }

  // --- the open chat

  get conversation(): Locator {
    return this.page.getByRole('region', { name: 'Conversation' })
  }
  get messages(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }
  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true })
  }
  chatHeading(name: string): Locator {
    return this.conversation.getByRole('heading', { name, exact: true })
  }
  /** The header's text about the other person, such as `online`. */
  status(text: string | RegExp): Locator {
    return this.conversation.getByRole('button').getByText(text)
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
  }

  /** All bubbles, from top to bottom. For `toContainText([…])`. */
  get bubbles(): Locator {
    return this.messages.getByRole('article')
  }
  /** The only bubble that contains this text. The match is not exact, because the time is in the same paragraph. */
  bubble(text: string): Locator {
    return this.bubbles.filter({ hasText: text })
  }

  /** The same, once the message is on the disk. */
  savedBubble(text: string): Locator {
    return this.bubble(text).filter({ hasNot: this.page.getByRole('img', { name: 'Saving', exact: true }) })
  }

  async expectTick(text: string, tick: Tick): Promise<void> {
    await expect(this.bubble(text)).toHaveAccessibleName(new RegExp(`, ${tick}$`, 'u'))
  }

  // --- details and settings

  async openDetails(): Promise<Locator> {
    await this.conversation.getByRole('button', { name: 'Details' }).click()
    const details = this.page.getByRole('region', { name: 'Details' })
    await expect(details).toBeVisible()
    return details
  }

  /** `section`: which one to choose. Otherwise the first one is shown. */
  async openSettings(
    section?: 'General' | 'Storage and data' | 'Privacy' | 'Network' | 'About',
  ): Promise<Locator> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
    const settings = this.page.getByRole('region', { name: 'Settings' })
    await expect(settings.getByRole('button', { name: 'Sign out' })).toBeVisible()
    if (section !== undefined) await this.button(section).click()
    return settings
  }

  async chooseSetting(label: string, choice: string): Promise<void> {
    await this.page.getByRole('combobox', { name: label }).click()
    await this.page.getByRole('option', { name: choice, exact: true }).click()
  }

  async signOut(): Promise<void> {
    await this.openSettings()
    await this.button('Sign out').click()
    await this.page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Sign out/u })
      .click()
    await expect(this.button('Sign in with your phone number')).toBeVisible()
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }
}
