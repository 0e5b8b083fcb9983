/** An update from a local server: refused, offered, downloaded, verified, deferred, installed, and taken back when it does not start. */
import { expect, test } from '@playwright/test'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { updateStateSchema, type UpdateState } from '#shared/bridge/updates.ts'
import { directChatId, userIdSchema } from '#shared/domain/ids.ts'
import { root } from '../../scripts/lib/paths.ts'
import { newKeyPair } from '../../src/main/updates/signature.ts'
import { electronBinary, launchApp, type LaunchedApp } from '../support/launch.ts'
import { writeNoBackend } from '../support/no-backend.ts'
import { startUpdateFeed, type UpdateFeed } from '../support/update-feed.ts'

const me = userIdSchema.parse('me')
const appDir = process.env['E2E_APP_DIR'] ?? root

let directory: string
let profile: string
/** What takes the place of the installed AppImage: a script that starts the app in a folder. */
let appImage: string
/** Each start of a script adds its version. */
let starts: string
let feed: UpdateFeed
/** Takes connections and never answers, so an upload to it does not end. */
let storage: Server
let app: LaunchedApp
/** What the app has told its page, oldest first. */
const states: UpdateState[] = []

test.describe.configure({ mode: 'serial' })
test.skip(process.platform !== 'linux', 'an AppImage is a file for Linux')

test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'perch-updates-'))
  profile = join(directory, 'profile')
  appImage = join(directory, 'Perch.AppImage')
  starts = join(directory, 'starts')
  writeFileSync(appImage, script('0.1.0', 'true'))
  chmodSync(appImage, 0o755)
  feed = await startUpdateFeed()
  storage = createServer()
  await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve))
  mkdirSync(profile)
  writeFileSync(
    join(profile, 'settings.json'),
    JSON.stringify({ version: 1, settings: { autoUpdate: false } }),
  )
  app = await launchApp({ userData: profile, backend: config(), env: { APPIMAGE: appImage } })
  app.page.on('console', (message) => {
    const [, json] = /^updates\.changed (.*)$/u.exec(message.text()) ?? []
    if (json !== undefined) states.push(updateStateSchema.parse(JSON.parse(json)))
  })
  await app.page.evaluate(() => {
    window.perch?.listen(({ name, payload }) => {
      if (name === 'updates.changed') console.log(name, JSON.stringify(payload))
    })
  })
})
test.afterAll(async () => {
  await app?.close()
  feed?.close()
  storage?.close()
  rmSync(directory, { recursive: true, force: true })
})

function script(version: string, command: string): string {
  return `#!/bin/sh\necho ${version} >> '${starts}'\nAPPIMAGE="$0" exec ${command}\n# ${'filler '.repeat(20_000)}\n`
}

function config(): string {
  const address = storage.address()
  const storagePort = typeof address === 'object' && address !== null ? address.port : 9
  return writeNoBackend(directory, {
    emulator: { host: '127.0.0.1', authPort: 9, firestorePort: 9, storagePort },
    updates: { url: feed.url, publicKey: feed.keys.publicKey, pace: 10_000 },
  })
}

const call = (account: string | null, method: string, args?: unknown): Promise<unknown> =>
  app.page.evaluate((all) => window.perch?.call(...all), [account, method, args] as const)

/** What a check that the person asks for ends with. */
async function check(): Promise<UpdateState | undefined> {
  await call(null, 'updates.check')
  await expect.poll(() => states.at(-1)?.state).toMatch(/current|ready|failed/u)
  return states.at(-1)
}

const next = { version: '0.2.0', artefact: '' }

test('nothing that is not from the makers of the app, or older than it, is taken', async () => {
  next.artefact = script(
    '0.2.0',
    `'${electronBinary().path}' --no-sandbox '${brokenApp()}' '--user-data-dir=${profile}'`,
  )
  expect(await check()).toEqual({ state: 'failed', problem: 'server' })

  feed.publish(next, null)
  expect(await check()).toEqual({ state: 'failed', problem: 'signature' })

  feed.publish(next, newKeyPair())
  expect(await check()).toEqual({ state: 'failed', problem: 'signature' })

  feed.change.feed = (text) => text.replace('Calmer', 'Louder')
  feed.publish(next)
  expect(await check()).toEqual({ state: 'failed', problem: 'signature' })

  feed.publish({ ...next, version: '0.0.9' })
  expect(await check()).toEqual({ state: 'failed', problem: 'older' })

  feed.change.artefact = (bytes) => Buffer.from(bytes.toString().replace('echo', 'ECHO'))
  feed.publish(next)
  expect(await check()).toEqual({ state: 'failed', problem: 'tampered' })

  expect(readFileSync(appImage, 'utf8')).toBe(script('0.1.0', 'true'))
})

test('a version for none of the installations is not offered, until the person asks', async () => {
  feed.publish({ ...next, stagingPercentage: 0 })
  await call(null, 'settings.set', { autoUpdate: true })
  await expect.poll(() => states.at(-1)).toMatchObject({ state: 'current' })
  await call(null, 'settings.set', { autoUpdate: false })

  feed.cutAfter = 30_000
  expect(await check()).toEqual({ state: 'failed', problem: 'offline' })
  feed.cutAfter = Infinity
  expect(await check()).toEqual({ state: 'ready', version: '0.2.0', notes: 'Calmer\n<b>Faster</b>' })
  expect(feed.ranges.slice(-2)).toEqual([undefined, 'bytes=30000-'])
  expect(states.some((state) => state.state === 'downloading' && state.percent > 0)).toBe(true)
})

test('it is installed when nothing is being sent, and the version that does not start is taken back', async () => {
  test.setTimeout(60_000)
  await upload()
  expect(await call(null, 'updates.install')).toEqual({ ok: true, value: 'upload' })
  await app.window.hide()
  await app.idleFor(600)
  await call(null, 'settings.set', { autoUpdate: true })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(readFileSync(appImage, 'utf8')).toBe(script('0.1.0', 'true'))

  await call(me, 'media.pause', { object: OBJECT })
  await app.ended()
  // The new version fails twice. The third time it puts the old one back and starts that.
  await expect
    .poll(() => (existsSync(starts) ? readFileSync(starts, 'utf8') : '').trim().split('\n'), {
      timeout: 40_000,
    })
    .toEqual(['0.2.0', '0.2.0', '0.2.0', '0.1.0'])
  expect(readFileSync(appImage, 'utf8')).toBe(script('0.1.0', 'true'))
  const ledger: unknown = JSON.parse(readFileSync(join(profile, 'updates/ledger.json'), 'utf8'))
  expect(ledger).toMatchObject({ good: '0.1.0', bad: ['0.2.0'], hiddenOnce: true })
})

test('the version that did not start is not offered again', async () => {
  app = await launchApp({ userData: profile, backend: config(), env: { APPIMAGE: appImage }, window: false })
  const page = await app.firstPage()
  expect(await app.window.isVisible()).toBe(false)
  const answer = page.evaluate(
    () =>
      new Promise<unknown>((resolve) => {
        window.perch?.listen(({ name, payload }) => {
          if (name === 'updates.changed' && payload.state === 'current') resolve(payload)
        })
        void window.perch?.call(null, 'updates.check', undefined)
      }),
  )
  expect(await answer).toMatchObject({ state: 'current', failed: '0.2.0' })
})

const OBJECT = '0'.repeat(32)

/** Begins to send a file, and waits until the server has heard of it. */
async function upload(): Promise<void> {
  await call(me, 'replica.open')
  const bytes = new Uint8Array(1000)
  const begun = await call(me, 'media.begin', { size: bytes.length })
  const { handle } = z.object({ value: z.object({ handle: z.string() }) }).parse(begun).value
  await app.page.evaluate(
    async ([account, name, size]) => {
      await window.perch?.call(account, 'media.append', { handle: name, bytes: new Uint8Array(size) })
    },
    [me, handle, bytes.length] as const,
  )
  await call(me, 'media.finish', { handle })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const place = { chatId: directChatId(me, userIdSchema.parse('ben')) }
  const heard = once(storage, 'connection')
  void call(me, 'media.upload', { place, object: OBJECT, sha256, mime: 'image/png', token: 'token' }).catch(
    () => undefined, // the app ends before the answer
  )
  await heard
}

/** A version 0.2.0 whose main cannot be loaded. */
function brokenApp(): string {
  const broken = join(directory, 'broken')
  cpSync(join(appDir, 'out/main'), join(broken, 'out/main'), { recursive: true })
  writeFileSync(join(broken, 'out/main/index.js'), `throw new Error('broken')\n`)
  const manifest: unknown = JSON.parse(readFileSync(join(appDir, 'package.json'), 'utf8'))
  writeFileSync(join(broken, 'package.json'), JSON.stringify({ ...Object(manifest), version: '0.2.0' }))
  return broken
}
