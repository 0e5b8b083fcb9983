import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DownloadOutcome } from '#shared/bridge/media.ts'
import { chatId, me } from '#shared/domain/test-data.ts'
import { newObjectId, sha256Schema } from '#shared/messages/attachment.ts'
import { download } from './download.ts'
import { startFakeStorage, type FakeStorage } from './fixtures/fake-storage.ts'
import { MediaFolder } from './folder.ts'
import { createStorage } from './storage.ts'

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251))
const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
const object = newObjectId()
const name = `chats/${chatId}/${object}`

let directory: string
let folder: MediaFolder
let server: FakeStorage

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'perch-download-'))
  folder = new MediaFolder(directory, me)
  server = await startFakeStorage()
  server.objects.set(name, bytes)
})
afterEach(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

function run(
  expected: Partial<{ size: number; sha256: typeof sha256 }> = {},
  signal = new AbortController().signal,
): Promise<DownloadOutcome> {
  return download({
    storage: createStorage(server.base, fetch),
    folder,
    part: 'x',
    target: { place: { chatId }, object, token: 'token' },
    expected: { sha256, size: bytes.length, ...expected },
    onProgress: () => undefined,
    signal,
  })
}

/** What is in the folder, complete or not. */
function found(): string[] {
  return readdirSync(join(directory, me), { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.length > 10,
  )
}

function half(range: string | undefined): { status: number; headers: Record<string, string>; bytes: Buffer } {
  const first = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
  const total = String(bytes.length)
  const headers: Record<string, string> = { 'content-length': String(bytes.length - first) }
  if (range !== undefined)
    headers['content-range'] = `bytes ${String(first)}-${String(bytes.length - 1)}/${total}`
  return { status: range === undefined ? 200 : 206, headers, bytes: bytes.subarray(first, first + 100_000) }
}

describe('a download', () => {
  it('gets its name only when it is complete', async () => {
    await expect(run()).resolves.toBe('done')
    expect(readFileSync(folder.pathOf(sha256)).equals(bytes)).toBe(true)
    expect(readdirSync(join(directory, me, 'incoming'))).toEqual([])
  })

  it.each([
    ['has another hash', { sha256: sha256Schema.parse('0'.repeat(64)) }],
    ['is longer than the message says', { size: bytes.length - 1 }],
    ['is shorter than the message says', { size: bytes.length + 1 }],
  ])('is not kept when it %s', async (_, expected) => {
    await expect(run(expected)).resolves.toBe('damaged')
    expect(found()).toEqual([])
  })

  it('reads no more of an endless object than the message says', async () => {
    server.answerRead = () => ({ status: 200, headers: {}, bytes: Buffer.alloc(50_000_000) })
    await expect(run()).resolves.toBe('damaged')
    expect(found()).toEqual([])
  })

  it('says why it has failed', async () => {
    server.faults = ['deny']
    await expect(run()).resolves.toBe('denied')
    server.faults = ['cut']
    await expect(run()).resolves.toBe('offline')
    server.objects.clear()
    await expect(run()).resolves.toBe('gone')
  })

  it('continues where the connection was cut', async () => {
    const asked: (string | undefined)[] = []
    server.answerRead = (range) => {
      asked.push(range)
      return half(range)
    }
    // The body is shorter than its announced length, so the connection ends early.
    let outcome: DownloadOutcome = 'offline'
    for (let attempts = 0; attempts < 6 && outcome !== 'done'; attempts++) {
      if (attempts === 3) server.answerRead = null
      outcome = await run()
    }
    expect(outcome).toBe('done')
    expect(asked.filter((range) => range !== undefined).length).toBeGreaterThan(0)
    expect(readFileSync(folder.pathOf(sha256)).equals(bytes)).toBe(true)
  })

  it('starts again when the server sends all of the object', async () => {
    server.answerRead = half
    await run()
    server.answerRead = () => ({ status: 200, headers: {}, bytes })
    await expect(run()).resolves.toBe('done')
    expect(readFileSync(folder.pathOf(sha256)).equals(bytes)).toBe(true)
  })

  it('tries again when the server sends another part than the one that was asked for', async () => {
    server.answerRead = half
    await run()
    server.answerRead = () => ({ status: 206, headers: { 'content-range': 'bytes 5-9/300000' }, bytes })
    await expect(run()).resolves.toBe('offline')
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(run({}, controller.signal)).resolves.toBe('stopped')
  })
})
