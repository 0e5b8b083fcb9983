/** Around the page: window, tray, links, second instances, settings of the machine, crashes. */
import { expect, test } from '@playwright/test'
import { signUp, type Person } from '../support/people.ts'
import { bridgeOf } from '../support/remote-bridge.ts'

let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh' })])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
})

const lookupName = (person: Person) => person.app.page.getByRole('heading', { name: 'New chat' })

test('looks up the person of a link in the running window', async () => {
  await ada.perch.window.hide()
  expect(await ada.perch.secondInstance(`perch://person/${ben.phone}`)).toBe(0)
  await expect(lookupName(ada)).toBeVisible()
  expect(await ada.perch.window.isVisible()).toBe(true)
  await ada.app.personRow(ben.name).click()
  await ada.app.send('Found you by a link')
  await ada.app.expectTick('Found you by a link', 'Delivered')

  await ada.perch.secondInstance('perch://settings')
  await expect(ada.app.page.getByRole('region', { name: 'Settings' })).toBeVisible()
  await ada.perch.secondInstance('perch://person/<script>', 'https://example.com')
  // Not only the pane's header, which is shown while the code loads: a click on Back is lost when the pane replaces it.
  await expect(ada.app.button('Sign out')).toBeVisible()
  await ada.app.button('Back').click()

  // What the jump list of Windows and the desktop entry of Linux open.
  await ada.perch.secondInstance('perch://new-group')
  await expect(ada.app.page.getByRole('heading', { name: 'New group' })).toBeVisible()
  await ada.perch.secondInstance('perch://new-chat')
  await expect(lookupName(ada)).toBeVisible()
  await ada.app.button('Back').click()
})

test('shows the window of the first instance when a second one starts', async () => {
  await ada.perch.window.hide()
  expect(await ada.perch.secondInstance()).toBe(0)
  await expect.poll(() => ada.perch.window.isVisible()).toBe(true)
  await ada.perch.window.minimize()
  await ada.perch.secondInstance()
  await expect.poll(() => ada.perch.window.isMinimized()).toBe(false)
})

test('hides to the tray on close, and still receives messages and notifies', async () => {
  await ben.perch.window.close()
  expect(await ben.perch.window.isVisible()).toBe(false)
  await ada.app.send('Are you in the tray?')
  await expect.poll(() => ben.perch.notifications()).toMatchObject([{}, { body: 'Are you in the tray?' }])
  expect(await ben.perch.window.isFlashing()).toBe(true)
  const flashes = await ben.perch.window.flashes()
  await ada.app.expectTick('Are you in the tray?', 'Delivered')
  await ada.app.send('Hello?')
  await expect.poll(() => ben.perch.notifications()).toMatchObject([{}, {}, { body: 'Hello?' }])
  expect(await ben.perch.window.flashes()).toBe(flashes)
  await ben.perch.clickTray()
  expect(await ben.perch.window.isVisible()).toBe(true)
  expect(await ben.perch.window.isFlashing()).toBe(false)
  await ben.perch.window.close()
  await ben.perch.clickTrayItem('Open Perch')
  await expect.poll(() => ben.perch.window.isVisible()).toBe(true)
})

test('opens an unread chat and mutes notifications from the tray', async () => {
  await ben.perch.window.hide()
  await ben.perch.clickTrayItem('Ada Quill (3)')
  await expect(ben.app.bubble('Are you in the tray?')).toBeVisible()
  await ada.app.expectTick('Are you in the tray?', 'Read')

  await ben.perch.clickTrayItem('For 1 hour')
  await expect
    .poll(async () => (await ben.perch.tray())?.menu.map(({ label }) => label))
    .toContain('Unmute notifications')
  await ben.perch.window.hide()
  const shown = (await ben.perch.notifications()).length
  await ada.app.send('Unheard')
  await ada.app.expectTick('Unheard', 'Delivered')
  expect(await ben.perch.notifications()).toHaveLength(shown)
  await ben.perch.clickTrayItem('Unmute notifications')
  await ada.app.send('Heard')
  await expect.poll(() => ben.perch.notifications()).toHaveLength(shown + 1)

  await ben.perch.clickTrayItem('Do not disturb')
  await expect.poll(async () => (await ben.perch.tray())?.tooltip).toMatch(/notifications are paused$/u)
  await ben.perch.window.show()
  await ben.app.openSettings()
  const settings = ben.app.page.getByRole('region', { name: 'Settings' })
  await expect(settings.getByText('Notifications are paused.')).toBeVisible()
  await settings.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(async () => (await ben.perch.tray())?.tooltip).not.toContain('paused')
  await ben.app.button('Back').click()
})

test('opens links of messages in the system’s browser, and only web and mail links', async () => {
  await ada.app.send('See https://example.com/a?b=c and file:///etc/passwd or javascript:alert(1)')
  const bubble = ben.app.bubble('See https://example.com')
  await expect(bubble.getByRole('link')).toHaveCount(1)
  await bubble.getByRole('link').click()
  await expect.poll(() => ben.perch.openedLinks()).toEqual(['https://example.com/a?b=c'])
})

test('marks a chat that a link opened as read only after the person uses the window', async () => {
  const bridge = await bridgeOf(ben.app.page)
  const [chat] = await bridge.call('replica.chats')
  await ben.perch.window.hide()
  await ada.app.send('Did a link show this?')
  await ada.app.expectTick('Did a link show this?', 'Delivered')
  await ben.perch.secondInstance(`perch://chat/${chat?.id}`)
  await expect.poll(() => ben.perch.window.isFocused()).toBe(true)
  await expect(ben.app.bubble('Did a link show this?')).toBeInViewport()
  // The delivered and the read watermark arrive in one document. So wait for the next delivery: nothing is read yet.
  await ada.app.send('Is it still unread?')
  await ada.app.expectTick('Is it still unread?', 'Delivered')
  await ada.app.expectTick('Did a link show this?', 'Delivered')

  await ben.app.bubble('Is it still unread?').click()
  await ada.app.expectTick('Did a link show this?', 'Read')
  await ada.app.expectTick('Is it still unread?', 'Read')
})

test('zooms from the menu and with the wheel, and offers suggestions and the dictionary for a wrong word', async () => {
  const { perch } = ben
  const zoom = () =>
    perch.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor())
  for (const item of ['zoom-in', 'zoom-in', 'zoom-out', 'zoom-reset', 'zoom-in'])
    await perch.clickMenuItem(item)
  expect(await zoom()).toBe(1.1)
  await perch.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents !== undefined) Reflect.apply(contents.emit, contents, ['zoom-changed', {}, 'in'])
  })
  await ben.app.openSettings('General')
  await expect(ben.app.page.getByRole('combobox', { name: 'Zoom' })).toHaveText('125%')
  await ben.app.chooseSetting('Zoom', '90%')
  await expect.poll(zoom).toBe(0.9)

  const editFlags = { canCut: true, canCopy: true, canPaste: true }
  const typo = { isEditable: true, selectionText: '', editFlags, misspelledWord: 'teh' }
  const labels = await perch.contextMenu({ ...typo, dictionarySuggestions: ['the', 'ten'] })
  expect(labels.slice(0, 4)).toEqual(['the', 'ten', '', 'Add to dictionary'])
  await perch.clickMenuItem('Add to dictionary')
  const words = () =>
    perch.app.evaluate(({ session }) => session.defaultSession.listWordsInSpellCheckerDictionary())
  expect(await words()).toEqual(['teh'])
  expect((await perch.contextMenu({ ...typo, dictionarySuggestions: [] }))[0]).toBe('No suggestions')

  const languages = () =>
    perch.app.evaluate(({ session: { defaultSession } }) =>
      defaultSession.isSpellCheckerEnabled() ? defaultSession.getSpellCheckerLanguages() : [],
    )
  expect(await languages()).toEqual(['en-US'])
  await ben.app.chooseSetting('Add a language', 'German')
  await expect.poll(languages).toEqual(['de'])
  await ben.app.page.getByRole('switch', { name: 'Check spelling' }).click()
  await expect.poll(languages).toEqual([])
})

test('shows and hides the window with keys that work everywhere', async () => {
  const { perch } = ben
  const { page } = ben.app
  const status = page.getByRole('group', { name: 'Show or hide Perch' }).getByRole('status')
  await perch.app.evaluate(({ globalShortcut }) => globalShortcut.register('Control+Alt+K', () => undefined))
  await ben.app.button('Set keys').click()
  await page.keyboard.press('Control+Alt+K')
  await expect(status).toHaveText(/^Another program/u)
  await ben.app.button('Change keys').click()
  await page.keyboard.press('Control+Alt+P')
  await expect(status).toHaveText('')
  await expect.poll(() => perch.globalShortcuts()).toContain('Control+Alt+P')
  await perch.pressGlobally('Control+Alt+P')
  await expect.poll(() => perch.window.isVisible()).toBe(false)
  await perch.pressGlobally('Control+Alt+P')
  await expect.poll(() => perch.window.isFocused()).toBe(true)
})

test('keeps settings after a restart, and opens the destination of a link that starts the app', async () => {
  await ben.app.chooseSetting('Theme', 'Dark')
  await expect(ben.app.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await ben.app.page.getByRole('switch', { name: 'Press Enter to send' }).click()
  await expect(ben.app.page.getByRole('switch', { name: 'Press Enter to send' })).not.toBeChecked()
  await ben.perch.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 900, height: 640 }),
  )
  await ben.perch.clickTrayItem('Quit Perch')
  await ben.perch.ended()

  await ben.start({ args: ['perch://settings'] })
  await expect(ben.app.page.getByRole('region', { name: 'Settings' })).toBeVisible()
  await expect(ben.app.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await ben.app.button('General').click()
  await expect(ben.app.page.getByRole('switch', { name: 'Press Enter to send' })).not.toBeChecked()
  const bounds = await ben.perch.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  )
  expect(bounds).toMatchObject({ width: 900, height: 640 })
  const zoom = () =>
    ben.perch.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
    )
  await expect.poll(zoom).toBe(0.9)
  expect(await ben.perch.globalShortcuts()).toEqual(['Control+Alt+P'])
  await ben.app.button('Remove').click()
  await expect.poll(() => ben.perch.globalShortcuts()).toEqual([])
})

test('quits on close without "keep running"', async () => {
  const keepRunning = ben.app.page.getByRole('switch', { name: 'Keep running in the tray when closed' })
  await keepRunning.click()
  await expect(keepRunning).not.toBeChecked()
  await ben.perch.window.close()
  await ben.perch.ended()
  expect(await ada.perch.problems()).toEqual([])
})

test('reloads a crashed page and shows the chats again', async () => {
  await ada.perch.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(() => ada.perch.problems()).toEqual(['renderer gone: crashed'])
  // Playwright loses a crashed page, so main reads the text.
  const text = (): Promise<string> =>
    ada.perch.app.evaluate(async ({ BrowserWindow }) =>
      String(
        await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body?.innerText'),
      ),
    )
  await expect.poll(text).toContain(ben.name)

  // The second crash within a minute: nobody sees the crash page of a hidden window, so main ends it, and loads the page later.
  await ada.perch.window.hide()
  await ada.perch.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect
    .poll(() => ada.perch.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
    .toBe(0)
  await ada.perch.clickTray()
  await expect.poll(text).toContain(ben.name)
  expect(await ada.perch.window.isVisible()).toBe(true)
})
