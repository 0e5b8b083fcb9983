/** Security and error handling of the main process, without any backend. */
import { expect, test } from '@playwright/test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { axeFindings } from '../support/axe.ts'
import { FAKE_TOKEN, playRecaptcha } from '../support/fake-recaptcha.ts'
import { launchApp, type LaunchedApp } from '../support/launch.ts'
import { writeNoBackend } from '../support/no-backend.ts'

let directory: string
let backend: string
let app: LaunchedApp
/** Problems that the test causes on purpose. */
let expectedProblems: string[]

async function launch(...args: string[]): Promise<void> {
  app = await launchApp({ userData: join(directory, 'profile'), backend, args })
}

test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'perch-main-'))
  backend = writeNoBackend(directory)
  expectedProblems = []
})
test.afterEach(async () => {
  const problems = await app.problems()
  await app.close()
  rmSync(directory, { recursive: true, force: true })
  expect(problems).toEqual(expectedProblems)
})

const call = (method: string, args?: unknown): Promise<unknown> =>
  app.page.evaluate(([name, value]) => window.perch?.call(null, name, value), [method, args] as const)

test.describe('the verification window', () => {
  test('returns the token of a solved challenge, once', async () => {
    await launch()
    await playRecaptcha(app.app)
    const [page, answer] = await (async () => {
      const opened = app.app.waitForEvent('window')
      const solved = call('verification.solve')
      return [await opened, solved] as const
    })()
    await page.getByRole('button', { name: 'I am human' }).waitFor()
    expect(new URL(page.url()).host).toBe('demo-perch.firebaseapp.com')
    expect(await page.evaluate(() => [typeof window.perch, 'require' in globalThis])).toEqual([
      'undefined',
      false,
    ])
    expect(await call('verification.solve')).toMatchObject({ ok: false, error: { code: 'refused' } })
    await page.getByRole('button', { name: 'I am human' }).click()
    expect(await answer).toEqual({ ok: true, value: { token: FAKE_TOKEN } })
    await expect.poll(() => app.app.windows().length).toBe(1)
  })

  test('returns an error when it was closed', async () => {
    await launch()
    await playRecaptcha(app.app)
    const opened = app.app.waitForEvent('window')
    const answer = call('verification.solve')
    const page = await opened
    await page.getByRole('button', { name: 'I am human' }).waitFor()
    await page.close()
    expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })
})

test('starts hidden at login only: by hand it shows the window', async () => {
  await launch('--hidden')
  await expect.poll(() => app.window.isVisible()).toBe(true)
  expect(await call('settings.set', { startHidden: true })).toMatchObject({ ok: true })
  for (const [args, visible] of [
    [['--hidden'], false],
    [['--hidden', 'perch://settings'], true],
    [[], true],
  ] as const) {
    await app.close()
    await launch(...args)
    await app.page.getByRole('heading', { name: 'Welcome to Perch' }).waitFor()
    await expect.poll(() => app.window.isVisible()).toBe(visible)
  }
})

test('confines the page: no Node, no navigation, no other hosts', async () => {
  await launch()
  const { page } = app
  expect(await page.evaluate(() => ['require' in globalThis, 'process' in globalThis])).toEqual([
    false,
    false,
  ])
  expect(await page.evaluate(() => Object.isFrozen(window.perch))).toBe(true)
  expect(await page.evaluate(() => Object.keys(window.perch ?? {}))).toEqual(['call', 'listen'])
  const refused = await page.evaluate(async () => {
    const violated = new Promise<string>((done) => {
      document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), {
        once: true,
      })
    })
    await fetch('https://example.org/').catch(() => undefined)
    return violated
  })
  expect(refused).toBe('connect-src')
  const before = page.url()
  await page.evaluate(() => location.assign('https://example.org/'))
  expect(await call('app.info')).toMatchObject({ ok: true })
  expect(page.url()).toBe(before)
  expect(await page.evaluate(async () => (await fetch('/..%2f..%2fpackage.json')).status)).toBe(404)
})

test('opens web links in the system browser and rejects others', async () => {
  await launch()
  expect(await call('links.open', 'https://example.org/')).toEqual({ ok: true, value: undefined })
  expect(await call('links.open', 'file:///etc/passwd')).toMatchObject({ error: { code: 'refused' } })
  const script = Buffer.from('#!/bin/sh').toString('base64')
  expect(await call('clipboard.writePng', script)).toMatchObject({ error: { code: 'refused' } })
  expect(await call('png.save', { png: script, name: 'x' })).toMatchObject({ error: { code: 'refused' } })
  expect(await app.openedLinks()).toEqual(['https://example.org/'])
})

test('reloads after a crash, and shows the crash page after the next one', async () => {
  await launch()
  /** Resolves to the address of the page shown afterwards. */
  const crash = () =>
    app.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      // A page that finishes loading before the crash does not count.
      const loaded = new Promise((done) => {
        contents?.once('render-process-gone', () => contents.once('did-finish-load', () => done(undefined)))
      })
      contents?.forcefullyCrashRenderer()
      await loaded
      return contents?.getURL()
    })
  expect(await crash()).toBe('app://perch/index.html')
  expect(await crash()).toBe('app://perch/crash.html')
  expectedProblems = ['renderer gone: crashed', 'renderer gone: crashed']
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`shows the crash page, ${colorScheme}`, async () => {
    await launch()
    const { page } = app
    await page.emulateMedia({ colorScheme })
    await app.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('app://perch/crash.html'),
    )
    await expect(page.getByRole('heading', { name: 'Perch stopped working' })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Open log folder' }).click()
    await expect.poll(() => app.openedPaths()).toEqual([join(directory, 'profile/logs')])
    await page.getByRole('link', { name: 'Reload' }).click()
    await page.waitForURL(/index\.html/)
  })
}

test('repairs invalid settings one by one and keeps the valid ones', async () => {
  await launch()
  expect(await call('settings.set', { theme: 'dark', enterSends: false })).toMatchObject({ ok: true })
  await app.close()
  const file = join(directory, 'profile/settings.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"dark"', '"pink"'))
  await launch()
  expect(await call('settings.get')).toMatchObject({
    ok: true,
    value: { theme: 'system', enterSends: false },
  })
})

test('masks phone numbers and codes in the log', async () => {
  await launch()
  await call('app.log', { level: 'warn', event: 'sign-in', detail: 'number +4915112345678, code 123456' })
  const log = readFileSync(join(directory, 'profile/logs/perch.log'), 'utf8')
  expect(log).toContain('number [phone], code [code]')
})
