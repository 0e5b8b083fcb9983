/** Files of an account in the window: brought in, shown and taken out. Without any backend. */
import { expect, test } from '@playwright/test'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBackend } from '../../src/main/backend.ts'
import { mediaUrl } from '../../src/renderer/platform/media-url.ts'
import { sha256Schema } from '../../src/shared/messages/attachment.ts'
import { launchApp, type LaunchedApp } from '../support/launch.ts'
import { writeNoBackend } from '../support/no-backend.ts'

/** A picture of 2 × 1 pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==',
  'base64',
)

let directory: string
let app: LaunchedApp
/** Storage, as far as these tests need it: it never answers. */
let storage: Server

test.beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'perch-media-'))
  storage = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(storage, 'listening')
  const backend = writeNoBackend(directory)
  const { emulator, ...rest } = readBackend(backend)
  const address = storage.address()
  const storagePort = typeof address === 'object' && address !== null ? address.port : 0
  writeFileSync(backend, JSON.stringify({ ...rest, emulator: { ...emulator, storagePort } }))
  app = await launchApp({ userData: join(directory, 'profile'), backend })
  expect(await call('replica.open')).toMatchObject({ ok: true })
})
test.afterEach(async () => {
  const problems = await app.problems()
  await app.close()
  storage.closeAllConnections()
  storage.close()
  rmSync(directory, { recursive: true, force: true })
  expect(problems).toEqual([])
})

const call = (method: string, args?: unknown): Promise<unknown> =>
  app.page.evaluate(([name, value]) => window.perch?.call('me', name, value), [method, args] as const)

/** Sends bytes in as the page does, in parts of `part` bytes. Returns main's answer. */
async function importBytes(bytes: Buffer, part = 1024 * 1024): Promise<unknown> {
  return app.page.evaluate(
    async ([text, size]) => {
      const decoded = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
      const { perch } = window
      const begun = await perch?.call('me', 'media.begin', { size: decoded.length })
      if (perch === undefined || begun?.ok !== true) throw new Error('not begun')
      const { value } = begun
      if (typeof value !== 'object' || value === null) throw new Error('no handle')
      for (let at = 0; at < decoded.length; at += size)
        await perch.call('me', 'media.append', { ...value, bytes: decoded.subarray(at, at + size) })
      return perch.call('me', 'media.finish', value)
    },
    [bytes.toString('base64'), part] as const,
  )
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The URL of a file, as the page makes it from its own. */
function urlOf(sha256: string, type: string): string {
  return mediaUrl(sha256Schema.parse(sha256), type, app.page.url())
}

test('a picture is shown, and read whole or in part', async () => {
  const large = Buffer.concat([PNG, Buffer.alloc(3_000_000, 1)])
  expect(await importBytes(large)).toEqual({ ok: true, value: { sha256: hashOf(large), size: large.length } })
  const url = urlOf(hashOf(large), 'image/png')
  const seen = await app.page.evaluate(async (src) => {
    const image = new Image()
    image.src = src
    await image.decode()
    const part = await fetch(src, { headers: { range: 'bytes=1-3' } })
    return [image.naturalWidth, image.naturalHeight, part.status, await part.text()]
  }, url)
  expect(seen).toEqual([2, 1, 206, 'PNG'])
})

test('a page in a file does not run, whatever a message calls it', async () => {
  const html = Buffer.from('<script>document.title = "ran"; opener?.postMessage("ran", "*")</script>')
  await importBytes(html)
  for (const type of ['text/html', 'image/svg+xml', 'image/jpeg']) {
    const url = urlOf(hashOf(html), type)
    const seen = await app.page.evaluate(async (src) => {
      const response = await fetch(src)
      const frame = document.createElement('iframe')
      frame.src = src
      document.body.append(frame)
      const image = new Image()
      image.src = src
      const shown = await image.decode().then(
        () => true,
        () => false,
      )
      const script = document.createElement('script')
      try {
        script.src = src
        document.body.append(script)
      } catch {
        // Trusted types refuse the URL.
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
      return [response.headers.get('content-type'), shown, document.title.includes('ran')]
    }, url)
    expect(seen).toEqual(['application/octet-stream', false, false])
  }
})

test('a file is saved with a safe name, and a program only after a question', async () => {
  await importBytes(PNG)
  const target = join(directory, 'saved')
  await app.app.evaluate(({ dialog, shell }, filePath) => {
    const asked: unknown[] = []
    Reflect.set(globalThis, 'asked', asked)
    dialog.showSaveDialog = (options: unknown) => {
      asked.push(options)
      return Promise.resolve({ canceled: false, filePath })
    }
    dialog.showMessageBox = () => {
      asked.push('program')
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }
    shell.showItemInFolder = (path: string) => asked.push(path)
  }, target)
  const asked = (): Promise<unknown> =>
    app.app.evaluate(() => {
      const all: unknown = Reflect.get(globalThis, 'asked')
      return all
    })
  const sha256 = hashOf(PNG)
  expect(await call('media.saveAs', { sha256, name: 'photo\u202Egpj.exe' })).toEqual({
    ok: true,
    value: 'cancelled',
  })
  expect(existsSync(target)).toBe(false)
  expect(await asked()).toMatchObject([
    { defaultPath: expect.stringMatching(/[/\\]photogpj\.exe$/) },
    'program',
  ])
  expect(await call('media.saveAs', { sha256, name: '..\\..\\beach.png' })).toEqual({
    ok: true,
    value: 'done',
  })
  expect(readFileSync(target).equals(PNG)).toBe(true)
  expect(await asked()).not.toContain(target)
  expect(await call('media.showSaved', { sha256 })).toEqual({ ok: true, value: true })
  expect(await asked()).toContain(target)
  expect(await call('media.open', { sha256, name: 'a.desktop' })).toMatchObject({
    error: { code: 'refused' },
  })
  expect(await call('media.open', { sha256, name: 'beach.png' })).toEqual({ ok: true, value: 'done' })
  expect(await call('media.copyImage', { sha256 })).toEqual({ ok: true, value: 'done' })
})

test('a file is dragged out as a copy with a safe name, and a program is not', async () => {
  await importBytes(PNG)
  await app.window.focus()
  await app.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents === undefined) throw new Error('no window')
    contents.startDrag = ({ file, icon }) =>
      Reflect.set(globalThis, 'dragged', { file, hasIcon: typeof icon !== 'string' && !icon.isEmpty() })
  })
  const dragged = (): Promise<unknown> =>
    app.app.evaluate(() => {
      const value: unknown = Reflect.get(globalThis, 'dragged')
      return value
    })
  const sha256 = hashOf(PNG)
  expect(await call('media.dragOut', { sha256, name: 'setup.exe' })).toEqual({
    ok: true,
    value: { outcome: 'program' },
  })
  expect(await dragged()).toBeUndefined()
  expect(await call('media.dragOut', { sha256, name: '../beach.png' })).toEqual({
    ok: true,
    value: { outcome: 'done' },
  })
  expect(await dragged()).toEqual({
    file: expect.stringMatching(/opened[/\\][0-9a-f-]+[/\\]beach\.png$/u),
    hasIcon: true,
  })
  expect(await call('media.dragOut', { sha256: '0'.repeat(64), name: 'beach.png' })).toEqual({
    ok: true,
    value: { outcome: 'missing' },
  })
})

test('quitting while a file is sent asks first', async () => {
  await importBytes(PNG)
  await app.app.evaluate(({ dialog }) => {
    Reflect.set(globalThis, 'questions', 0)
    dialog.showMessageBox = () => {
      Reflect.set(globalThis, 'questions', Number(Reflect.get(globalThis, 'questions')) + 1)
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }
  })
  const upload = {
    place: { chatId: 'me_you' },
    object: '0'.repeat(32),
    sha256: hashOf(PNG),
    mime: 'image/png',
  }
  const arrived = once(storage, 'request')
  const ended = call('media.upload', { ...upload, token: 'token' })
  ended.catch(() => undefined) // It never ends if the test fails before.
  await arrived
  await app.app.evaluate(({ app: electron }) => electron.quit())
  const questions = (): Promise<number> =>
    app.app.evaluate(() => Number(Reflect.get(globalThis, 'questions')))
  await expect.poll(questions).toBe(1)
  // The person stays, so the app still answers. Then nothing is sent any more, and nothing is asked.
  expect(await call('media.pause', { object: upload.object })).toMatchObject({ ok: true })
  expect(await ended).toMatchObject({ ok: true, value: { outcome: 'stopped' } })
})

test('nothing remains of the files of an account that was erased', async () => {
  await importBytes(PNG)
  const media = join(directory, 'profile', 'media')
  expect(readdirSync(join(media, 'me')).length).toBeGreaterThan(0)
  expect(await call('replica.erase')).toMatchObject({ ok: true })
  expect(existsSync(join(media, 'me'))).toBe(false)
})
