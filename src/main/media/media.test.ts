import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import { directChatId, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { STAGED_LIMIT } from '#shared/domain/staged.ts'
import { ada, attachment, chatId, me, photoBody, wireMessage } from '#shared/domain/test-data.ts'
import { newObjectId, sha256Schema, type Sha256 } from '#shared/messages/attachment.ts'
import { openStore, type Store } from '../store/store.ts'
import { startFakeStorage, type FakeStorage } from './fixtures/fake-storage.ts'
import { createMedia, type Media } from './media.ts'
import { createStorage } from './storage.ts'
import type { Total } from './total-progress.ts'

const other = userIdSchema.parse('other')
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(92, 7),
])

let directory: string
let store: Store
let server: FakeStorage
let media: Media
/** Files that the person has opened with the app. */
let opened: string[]
let events: BridgeEvent[]
let limit: number
let totals: Total[]
let saved: [path: string, name: string][]

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'perch-media-'))
  server = await startFakeStorage()
  store = openStore({ workerFile: new URL('../store/worker.ts', import.meta.url), directory })
  events = []
  limit = 1_000_000_000
  totals = []
  saved = []
  opened = []
  media = newMedia()
  await store.call(me, 'replica.open', undefined)
  media.open(me)
})
afterEach(async () => {
  await media.close(me)
  await Promise.all([store.close(), server.close()])
  rmSync(directory, { recursive: true })
})

function newMedia(): Media {
  return createMedia({
    directory: join(directory, 'media'),
    store,
    storage: createStorage(server.base, fetch),
    exports: {
      async saveAs(path, name) {
        saved.push([path, name])
        return Promise.resolve('done')
      },
      showSaved: (path) => saved.some(([of]) => of === path),
      copyImage: () => Promise.resolve('done'),
      open: () => Promise.resolve('done'),
      dragOut: () => Promise.resolve('done'),
      clear: () => Promise.resolve(),
    },
    limit: () => limit,
    takeOpened: () => opened.splice(0),
    send: (event) => events.push(event),
    onTotal: (total) => totals.push(total),
    log: (event, error) => {
      throw new Error(event, { cause: error })
    },
  })
}

function hashOf(bytes: Buffer): Sha256 {
  return sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
}

async function importFile(bytes: Buffer<ArrayBuffer>, account = me): Promise<Sha256> {
  const { handle } = await media.handlers['media.begin']({ size: bytes.byteLength }, account)
  await media.handlers['media.append']({ handle, bytes }, account)
  return (await media.handlers['media.finish']({ handle }, account)).sha256
}

async function traffic(account: UserId): Promise<{ sent: number; received: number }> {
  return (await store.call(account, 'storage.traffic', undefined)).thisMonth
}

function pathOf(sha256: Sha256): string {
  return join(directory, 'media', me, sha256.slice(0, 2), sha256)
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return media.respond(new Request(`app://media/${path}`, { headers }))
}

describe('an import', () => {
  it('is stored under its SHA-256, and forgotten by its handle', async () => {
    const { handle } = await media.handlers['media.begin']({ size: null }, me)
    await media.handlers['media.append']({ handle, bytes: Buffer.from('he') }, me)
    await media.handlers['media.append']({ handle, bytes: Buffer.from('llo') }, me)
    const file = await media.handlers['media.finish']({ handle }, me)
    expect(file).toEqual({ sha256: hashOf(Buffer.from('hello')), size: 5 })
    expect(readFileSync(pathOf(file.sha256), 'utf8')).toBe('hello')
    await expect(media.handlers['media.has']({ sha256s: [file.sha256] }, me)).resolves.toEqual([file.sha256])
    await expect(media.handlers['media.append']({ handle, bytes: png }, me)).rejects.toMatchObject({
      code: 'refused',
    })
  })

  it('is refused when it is longer or shorter than announced, or empty', async () => {
    const refused = { code: 'refused' }
    const { handle } = await media.handlers['media.begin']({ size: 5 }, me)
    await expect(
      media.handlers['media.append']({ handle, bytes: Buffer.alloc(6) }, me),
    ).rejects.toMatchObject(refused)
    await media.handlers['media.append']({ handle, bytes: Buffer.alloc(4) }, me)
    await expect(media.handlers['media.finish']({ handle }, me)).rejects.toMatchObject(refused)
    await media.handlers['media.abort']({ handle }, me)
    const empty = await media.handlers['media.begin']({ size: null }, me)
    await expect(media.handlers['media.finish'](empty, me)).rejects.toMatchObject(refused)
  })

  it('takes one call at a time, so that its bytes have an order', async () => {
    const { handle } = await media.handlers['media.begin']({ size: null }, me)
    const append = () => media.handlers['media.append']({ handle, bytes: Buffer.alloc(1000, 1) }, me)
    const results = await Promise.allSettled([append(), append(), append()])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(media.handlers['media.finish']({ handle }, me)).resolves.toMatchObject({ size: 1000 })
  })

  it('belongs to the account that is open', async () => {
    const { handle } = await media.handlers['media.begin']({ size: 5 }, me)
    const calls: (() => unknown)[] = [
      () => media.handlers['media.begin']({ size: 5 }, other),
      () => media.handlers['media.append']({ handle, bytes: png }, other),
      () => media.handlers['media.finish']({ handle }, other),
      () => media.handlers['media.saveAs']({ sha256: hashOf(png), name: 'x' }, other),
      () => media.handlers['media.showSaved']({ sha256: hashOf(png) }, other),
    ]
    for (const call of calls)
      await expect(Promise.resolve().then(call)).rejects.toMatchObject({ code: 'no-account' })
  })

  it('leaves nothing when it is aborted, or when the page is gone', async () => {
    const first = await media.handlers['media.begin']({ size: 5 }, me)
    await media.handlers['media.begin']({ size: 5 }, me)
    await media.handlers['media.abort'](first, me)
    await media.abortImports()
    expect(readdirSync(join(directory, 'media', me, 'incoming'))).toEqual([])
  })

  it('is refused while too many are open', async () => {
    const begin = async (): Promise<unknown> => media.handlers['media.begin']({ size: 5 }, me)
    await Promise.all(Array.from({ length: 64 }, begin))
    await expect(begin()).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('files that are opened with the app', () => {
  it('are copied once, and named without their path', async () => {
    const path = join(directory, 'beach.png')
    writeFileSync(path, png)
    opened = [path, join(directory, 'missing.txt')]
    expect(await media.handlers['media.takeOpened'](undefined, me)).toEqual([
      { name: 'beach.png', size: png.length, sha256: hashOf(png) },
      { name: 'missing.txt', size: 0, problem: 'gone' },
    ])
    expect(await media.handlers['media.has']({ sha256s: [hashOf(png)] }, me)).toEqual([hashOf(png)])
    expect(await media.handlers['media.takeOpened'](undefined, me)).toEqual([])
  })

  it('are not more than can be sent', async () => {
    const path = join(directory, 'beach.png')
    writeFileSync(path, png)
    opened = Array.from({ length: STAGED_LIMIT + 1 }, () => path)
    const files = await media.handlers['media.takeOpened'](undefined, me)
    expect(files.filter((file) => 'sha256' in file)).toHaveLength(STAGED_LIMIT)
    expect(files.at(-1)).toEqual({ name: 'beach.png', size: 0, problem: 'tooMany' })
  })
})

describe('a file', () => {
  it('is shown with its type, whole or in part', async () => {
    const sha256 = await importFile(png)
    const whole = await get(`${sha256}?type=image%2Fpng`)
    expect(whole.status).toBe(200)
    expect(whole.headers.get('content-type')).toBe('image/png')
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(whole.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await whole.arrayBuffer()).equals(png)).toBe(true)
    const part = await get(`${sha256}?type=image%2Fpng`, { range: 'bytes=10-19' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe('bytes 10-19/100')
    expect(Buffer.from(await part.arrayBuffer()).equals(png.subarray(10, 20))).toBe(true)
    const beyond = await get(sha256, { range: 'bytes=100-' })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */100'])
  })

  it('is no picture because a message says so, and never a page or a script', async () => {
    const plain = 'application/octet-stream'
    const html = await importFile(Buffer.from('<script>alert(1)</script>'))
    const sha256 = await importFile(png)
    for (const [file, type] of [
      [html, 'image/jpeg'],
      [html, 'text/html'],
      [sha256, 'image/jpeg'],
      [sha256, 'image/svg+xml'],
      [sha256, '__proto__'],
      [sha256, ''],
    ] as const) {
      const response = await get(`${file}?type=${encodeURIComponent(type)}`)
      expect(response.headers.get('content-type')).toBe(plain)
      await response.body?.cancel()
    }
  })

  it('is found by its SHA-256 only, of the open account only', async () => {
    const sha256 = await importFile(png)
    for (const path of ['', 'x', `${sha256}/x`, `../${me}/${sha256}`, '0'.repeat(64)])
      expect((await get(path)).status).toBe(404)
    const post = new Request(`app://media/${sha256}`, { method: 'POST' })
    expect((await media.respond(post)).status).toBe(405)
    await media.close(me)
    expect((await get(sha256)).status).toBe(404)
  })

  it('is taken out by its SHA-256 only if it is here', async () => {
    const sha256 = await importFile(png)
    await expect(media.handlers['media.saveAs']({ sha256, name: 'a.png' }, me)).resolves.toBe('done')
    expect(saved).toEqual([[pathOf(sha256), 'a.png']])
    await expect(media.handlers['media.showSaved']({ sha256 }, me)).resolves.toBe(true)
    const missing = hashOf(Buffer.from('missing'))
    await expect(media.handlers['media.showSaved']({ sha256: missing }, me)).resolves.toBe(false)
    await expect(media.handlers['media.open']({ sha256: missing, name: 'a.png' }, me)).resolves.toBe(
      'missing',
    )
  })

  it('is gone with its account', async () => {
    await importFile(png)
    await media.erase(me)
    expect(existsSync(join(directory, 'media', me))).toBe(false)
  })
})

describe('the folder', () => {
  it('agrees with the table after an interrupted run', async () => {
    const [lost, cut, kept] = [
      await importFile(png),
      await importFile(Buffer.from('cut')),
      await importFile(Buffer.from('kept')),
    ]
    await media.close(me)
    rmSync(pathOf(lost))
    writeFileSync(pathOf(cut), 'cu')
    const stray = hashOf(Buffer.from('stray'))
    mkdirSync(dirname(pathOf(stray)), { recursive: true })
    writeFileSync(pathOf(stray), 'stray')
    writeFileSync(join(directory, 'media', me, 'incoming', 'import-1'), 'half')
    media = newMedia()
    media.open(me)
    await expect(media.handlers['media.has']({ sha256s: [lost, cut, kept, stray] }, me)).resolves.toEqual([
      kept,
    ])
    expect([existsSync(pathOf(stray)), existsSync(pathOf(cut)), existsSync(pathOf(kept))]).toEqual([
      false,
      false,
      true,
    ])
    expect(readdirSync(join(directory, 'media', me, 'incoming'))).toEqual([])
  })
})

describe('space', () => {
  it('is freed: the files are deleted, and the page learns which', async () => {
    const sha256 = await importFile(png)
    await store.call(me, 'replica.openDirectChat', { peerId: other })
    const body = {
      kind: 'photo' as const,
      file: { object: newObjectId(), size: png.length, sha256, mime: 'image/png', enc: null },
      width: 1,
      height: 1,
      hash: '',
    }
    const chat = directChatId(me, other)
    const read = {
      source: 'live' as const,
      cursor: null,
      syncedCount: null,
      syncedRevision: null,
      historyComplete: null,
    }
    await store.call(me, 'replica.applyMessages', [
      { chatId: chat, messages: [wireMessage(1, other, { chatId: chat, body })], ...read },
    ])
    await expect(media.handlers['media.free']({ chatId: null }, me)).resolves.toEqual({
      files: 1,
      size: png.length,
    })
    expect(existsSync(pathOf(sha256))).toBe(false)
    expect(events).toEqual([{ account: me, name: 'media.removed', payload: { sha256s: [sha256] } }])
    // The same bytes can come back.
    expect(await importFile(png)).toBe(sha256)
    expect(existsSync(pathOf(sha256))).toBe(true)
  })
})

describe('a transfer', () => {
  const place = { chatId }

  it('takes a file from one account to another', async () => {
    const sha256 = await importFile(png)
    const object = newObjectId()
    const file = { place, object, sha256, token: 'token' }
    await expect(media.handlers['media.upload']({ ...file, mime: 'image/png' }, me)).resolves.toEqual({
      outcome: 'done',
    })
    expect(events.at(-1)).toEqual({
      account: me,
      name: 'media.progress',
      payload: { object, done: png.length, size: png.length },
    })
    expect(totals.at(-2)).toEqual({ share: 1, failed: false })
    expect(totals.at(-1)).toBeNull()
    await expect.poll(() => traffic(me)).toEqual({ sent: png.length, received: 0 })
    await media.close(me)
    await store.call(other, 'replica.open', undefined)
    media.open(other)
    totals = []
    const download = () =>
      media.handlers['media.download']({ ...file, size: png.length, asked: false }, other)
    await expect(Promise.all([download(), download()])).resolves.toEqual([
      { outcome: 'done' },
      { outcome: 'done' },
    ])
    expect(server.requests.filter((request) => request === 'read')).toHaveLength(1)
    await expect(download()).resolves.toEqual({ outcome: 'done' })
    await expect(media.handlers['media.has']({ sha256s: [sha256] }, other)).resolves.toEqual([sha256])
    // Nobody asked for the download.
    expect(totals).toEqual([])
    await media.close(other)
    await expect(traffic(other)).resolves.toEqual({ sent: 0, received: png.length })
  })

  it('shows as failed only when the person asked for it and must know', async () => {
    const missing = { place, object: newObjectId(), sha256: hashOf(png), size: png.length, token: 'token' }
    await media.handlers['media.download']({ ...missing, asked: false }, me)
    expect(totals).toEqual([])
    await media.handlers['media.download']({ ...missing, asked: true }, me)
    await expect.poll(() => totals.at(-1)).toEqual({ share: 1, failed: true })

    const sha256 = await importFile(png)
    server.faults = ['cut', 'cut', 'cut', 'cut', 'cut', 'cut']
    const upload = { place, object: newObjectId(), sha256, mime: 'image/png', token: 'token' }
    await expect(media.handlers['media.upload'](upload, me)).resolves.toEqual({ outcome: 'offline' })
    await expect.poll(() => totals.at(-1)).toBeNull()
  })

  it('stops when it is paused', async () => {
    const object = newObjectId()
    server.faults = ['none']
    server.objects.set(`chats/${chatId}/${object}`, png)
    server.answerRead = () => {
      void media.handlers['media.pause']({ object }, me)
      return { status: 200, headers: { 'content-length': '1000' }, bytes: png.subarray(0, 10) }
    }
    const file = { place, object, sha256: hashOf(png), size: png.length, token: 'token', asked: true }
    await expect(media.handlers['media.download'](file, me)).resolves.toEqual({ outcome: 'stopped' })
    expect(media.isUploading()).toBe(false)
  })
})

describe('deleting', () => {
  it('removes an object from Storage; one that is gone counts as deleted', async () => {
    const target = { place: { chatId }, object: newObjectId(), token: 'token' }
    const path = `chats/${chatId}/${target.object}`
    server.objects.set(path, png)
    for (let time = 0; time < 2; time++)
      await expect(media.handlers['media.delete'](target, me)).resolves.toEqual({ outcome: 'done' })
    expect(server.objects.has(path)).toBe(false)
    server.faults.push('deny')
    await expect(media.handlers['media.delete'](target, me)).resolves.toEqual({ outcome: 'denied' })
  })

  it('removes the bytes of a deleted message, and tells the page', async () => {
    const sha256 = await importFile(png)
    await store.call(me, 'replica.openDirectChat', { peerId: ada })
    const file = attachment({ sha256 })
    const [message, deleted] = [
      wireMessage(1, ada, { chatId, body: photoBody({ file }) }),
      wireMessage(1, ada, { chatId, body: null, deletedAt: 2000, updatedAt: 2000 }),
    ]
    const page = { chatId, source: 'live', cursor: null, syncedCount: null, syncedRevision: null } as const
    for (const one of [message, deleted])
      await store.call(me, 'replica.applyMessages', [{ ...page, messages: [one], historyComplete: null }])
    const removed = { account: me, name: 'media.removed', payload: { sha256s: [sha256] } }
    await vi.waitFor(() => expect(events).toContainEqual(removed))
    expect(existsSync(pathOf(sha256))).toBe(false)
  })
})
