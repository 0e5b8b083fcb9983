/** The electron host (or the real Electron) with a minimal app that uses the same parts of Electron as Perch. */
import { expect, test } from '@playwright/test'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchApp, type LaunchedApp, type LaunchOptions } from '../support/launch.ts'

interface Toy {
  call(name: string, value?: unknown): Promise<unknown>
  echo<T>(value: T): Promise<T>
}
declare global {
  interface Window {
    toy: Toy
    heard: unknown[]
  }
}

const appDir = join(import.meta.dirname, 'toy-app')
let userData: string
let running: LaunchedApp[]

async function launch(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const launched = await launchApp({ appDir, userData, ...options })
  running.push(launched)
  await expect(launched.page.getByRole('heading')).toBeVisible()
  return launched
}
const call = (toy: LaunchedApp, name: string, value?: unknown): Promise<unknown> =>
  toy.page.evaluate(([method, argument]) => window.toy.call(String(method), argument), [name, value])
const heard = (toy: LaunchedApp): Promise<unknown[]> => toy.page.evaluate(() => window.heard)

test.beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'perch-host-'))
  running = []
})
test.afterEach(async () => {
  for (const launched of running) await launched.close()
  rmSync(userData, { recursive: true, force: true })
})

test('passes values and errors over the bridge unchanged', async () => {
  const toy = await launch()
  const result = await toy.page.evaluate(async () => {
    const evil = Object.defineProperty({}, '__proto__', { value: { evil: 1 }, enumerable: true })
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const sent = {
      n: -0,
      big: 1n,
      when: new Date(5),
      bytes: new Uint8Array([1, 2]),
      map: new Map([[1, cycle]]),
    }
    const back = await window.toy.echo(sent)
    const own: unknown = await window.toy.echo<unknown>(evil)
    const error = await window.toy.call('fail').then(
      () => '',
      (e: unknown) => String(e),
    )
    const refused = await window.toy
      .call('echo', () => {})
      .then(
        () => '',
        (e: unknown) => String(e),
      )
    const returned = back.map.get(1)
    return {
      zero: Object.is(back.n, -0),
      big: String(back.big),
      when: back.when.getTime(),
      bytes: [...back.bytes],
      cycle: returned !== undefined && returned.self === returned,
      ownProto: own instanceof Object && Object.hasOwn(own, '__proto__') && !('evil' in own),
      error,
      refused,
      frozen: Object.isFrozen(window.toy),
      leaks: ['require', 'process', 'module'].filter((name) => name in window),
    }
  })
  expect(result).toEqual({
    zero: true,
    big: '1',
    when: 5,
    bytes: [1, 2],
    cycle: true,
    ownProto: true,
    error: "Error: Error invoking remote method 'fail': Error: boom",
    refused: expect.stringContaining('could not be cloned'),
    frozen: true,
    leaks: [],
  })
})

test('reports the main frame with its own origin as the sender', async () => {
  const toy = await launch()
  expect(await call(toy, 'frame')).toEqual({ url: 'app://toy/', origin: 'app://toy', top: true, same: true })
})

test('applies the handler’s policy: the page reaches itself and the named emulator only', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('emulator')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    const toy = await launch({ env: { TOY_EMULATOR: `http://127.0.0.1:${port}` } })
    const read = (url: string): Promise<string> =>
      toy.page.evaluate(
        (from) =>
          fetch(from).then(
            (response) => response.text(),
            () => 'refused',
          ),
        url,
      )
    expect(await toy.page.title()).toBe('ran') // script-src 'self'
    expect(await toy.page.evaluate(() => isSecureContext)).toBe(true)
    expect(await read(`http://127.0.0.1:${port}/`)).toBe('emulator')
    expect(await read(`http://localhost:${port}/`)).toBe('refused')
    expect(await read('/page.js')).toContain('heard')
  } finally {
    server.close()
  }
})

test('keeps the database of a worker after SIGKILL and an immediate restart', async () => {
  const toy = await launch()
  expect(await call(toy, 'store', 'one')).toBe(1)
  await toy.page.evaluate(() => indexedDB.open('kept'))
  await toy.kill()
  const again = await launch()
  expect(await call(again, 'store', 'two')).toBe(2)
  process.kill(again.app.process().pid ?? 0, 'SIGKILL') // the main process alone
  await again.ended()
  expect(await call(await launch(), 'store', 'three')).toBe(3)
})

test('hides to the tray on close; its menu shows the window and quits', async () => {
  const toy = await launch()
  await expect.poll(toy.window.isVisible).toBe(true)
  await toy.window.close()
  expect(await toy.window.isVisible()).toBe(false)
  expect(await toy.tray()).toMatchObject({
    tooltip: 'Toy',
    menu: [{ label: 'Show' }, { type: 'separator' }, {}],
  })
  await toy.clickTrayItem('Show')
  await expect.poll(toy.window.isFocused).toBe(true)
  await toy.clickTrayItem('Quit')
  await toy.ended()
})

test('clears what the page has stored', async () => {
  const toy = await launch()
  await toy.page.evaluate(() => localStorage.setItem('kept', 'yes'))
  await toy.app.evaluate(({ session }) => session.defaultSession.clearStorageData())
  await toy.page.reload()
  expect(await toy.page.evaluate(() => localStorage.getItem('kept'))).toBeNull()
})

test('passes the progress on the taskbar to the system', async () => {
  const toy = await launch()
  await toy.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setProgressBar(0.5, { mode: 'normal' }),
  )
  expect(await toy.window.progress()).toEqual([{ value: 0.5, mode: 'normal' }])
})

test('remembers the zoom, the global shortcuts, the dictionary and the application menu', async () => {
  const toy = await launch()
  const kept = await toy.app.evaluate(async ({ BrowserWindow, globalShortcut, Menu, session }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.setZoomFactor(1.5)
    const { defaultSession: spelling } = session
    spelling.setSpellCheckerLanguages(['de'])
    spelling.setSpellCheckerEnabled(false)
    spelling.addWordToSpellCheckerDictionary('Perch')
    const first = globalShortcut.register('Control+Alt+P', () => undefined)
    const second = globalShortcut.register('Control+Alt+P', () => undefined)
    Menu.setApplicationMenu(Menu.buildFromTemplate([{ id: 'one', label: 'One' }]))
    return {
      zoom: contents?.getZoomFactor(),
      languages: spelling.getSpellCheckerLanguages(),
      isOn: spelling.isSpellCheckerEnabled(),
      words: await spelling.listWordsInSpellCheckerDictionary(),
      registered: [first, second, globalShortcut.isRegistered('Control+Alt+P')],
      label: Menu.getApplicationMenu()?.getMenuItemById('one')?.label,
    }
  })
  expect(kept).toEqual({
    zoom: 1.5,
    languages: ['de'],
    isOn: false,
    words: ['Perch'],
    registered: [true, false, true],
    label: 'One',
  })
})

test('shows the window and notifies the page after a click on a notification', async () => {
  const toy = await launch()
  await toy.window.hide()
  await call(toy, 'notify', 'Alice')
  expect(await toy.notifications()).toEqual([{ title: 'Alice', body: 'hello', silent: false, open: true }])
  await toy.clickNotification()
  await expect.poll(toy.window.isVisible).toBe(true)
  await expect.poll(() => heard(toy)).toEqual(['clicked Alice'])
})

test('passes the link of a second instance to the first; another profile runs separately', async () => {
  const toy = await launch()
  expect(await toy.secondInstance('toy://chat/1')).toBe(0)
  await expect.poll(() => heard(toy)).toEqual(['toy://chat/1'])
  const other = await launch({ userData: join(userData, 'other') })
  expect(await call(other, 'store', 'x')).toBe(1)
  expect(await call(toy, 'store', 'y')).toBe(1)
})

test('opens no window and does not navigate on request of the page', async () => {
  const toy = await launch()
  await toy.page.evaluate(() => void window.open('https://example.com/x'))
  await expect.poll(() => toy.openedLinks()).toEqual(['https://example.com/x'])
  await toy.page.evaluate(() => location.assign('https://example.com/y'))
  await expect.poll(() => call(toy, 'frame')).toMatchObject({ url: 'app://toy/' })
  expect(await toy.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('serves https in a partition, isolated from the rest', async () => {
  const toy = await launch()
  await toy.page.evaluate(() => localStorage.setItem('k', 'v'))
  expect(await call(toy, 'verify')).toEqual({ said: 'https://auth.example/challenge true', shown: '0 1' })
  expect(await call(toy, 'verify')).toMatchObject({ shown: '0 1' })
})

test('reports a crashed renderer to the app, which reloads it', async () => {
  const toy = await launch()
  const title = (): Promise<unknown> =>
    toy.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('toy.call("echo", document.title)'),
    )
  await toy.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  await expect.poll(() => toy.problems()).toEqual(['renderer gone: crashed'])
  await expect.poll(title).toBe('ran')
})

test('applies the size of the window and the theme to the page', async () => {
  const toy = await launch({ colorScheme: 'dark' })
  const state = (): Promise<unknown> =>
    toy.page.evaluate(() => [innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches])
  await expect.poll(state).toEqual([900, 600, true])
  await toy.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds({ x: 5, y: 6, width: 700, height: 500 })
  })
  await expect.poll(state).toEqual([700, 500, true])
  await toy.app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'light'
  })
  await expect.poll(state).toEqual([700, 500, false])
})
