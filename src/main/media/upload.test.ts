import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { UploadOutcome } from '#shared/bridge/media.ts'
import { me, chatId } from '#shared/domain/test-data.ts'
import { newObjectId, objectIdSchema } from '#shared/messages/attachment.ts'
import { startFakeStorage, type FakeStorage, type Fault } from './fixtures/fake-storage.ts'
import { createStorage, type Storage } from './storage.ts'
import { upload } from './upload.ts'

const GRAIN = 256 * 1024
/** Three chunks, the last of them small. */
const bytes = Buffer.from(Array.from({ length: 2 * GRAIN + 1000 }, (_, index) => (index * 7919) % 251))

let directory: string
let path: string
let server: FakeStorage
let storage: Storage

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'perch-upload-'))
  path = join(directory, 'file')
  writeFileSync(path, bytes)
  server = await startFakeStorage()
  storage = createStorage(server.base, fetch)
})
afterEach(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

/** A device: it remembers the session of its object, across attempts. */
function device(signal = new AbortController().signal) {
  const object = newObjectId()
  let session: string | null = null
  const progress: number[] = []
  const attempt = (token = 'token'): Promise<UploadOutcome> =>
    upload({
      storage,
      target: { place: { chatId }, object, token },
      path,
      mime: 'image/png',
      owner: me,
      session,
      async saveSession(next) {
        session = next
        await Promise.resolve()
      },
      onProgress: (done) => progress.push(done),
      signal,
    })
  return { attempt, progress, name: `chats/${chatId}/${object}`, session: () => session }
}

describe('an upload', () => {
  it('arrives byte-identical, owned by the person, with rising progress', async () => {
    const { attempt, progress, name } = device()
    await expect(attempt()).resolves.toBe('done')
    expect(server.objects.get(name)).toEqual(bytes)
    expect(server.owners.get(name)).toBe(me)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(bytes.length)
  })

  it('arrives once, whatever cuts it and wherever', { timeout: 60_000 }, async () => {
    const faults = fc.array(fc.constantFrom<Fault>('none', 'none', 'cut', 'half', 'lost', 'forget', 'busy'), {
      maxLength: 14,
    })
    await fc.assert(
      fc.asyncProperty(faults, async (chosen) => {
        server.objects.clear()
        server.faults = [...chosen]
        const { attempt, name } = device()
        let outcome = await attempt()
        for (let attempts = 0; outcome === 'offline' && attempts < 20; attempts++) outcome = await attempt()
        expect(outcome).toBe('done')
        expect(server.objects.get(name)?.equals(bytes)).toBe(true)
        expect(server.objects.size).toBe(1)
      }),
      { numRuns: 30 },
    )
  })

  it('continues in a later attempt, and sends only what is missing', async () => {
    const { attempt } = device()
    // start, first chunk, then no connection at all.
    server.faults = ['none', 'none', ...Array<Fault>(8).fill('cut')]
    await expect(attempt()).resolves.toBe('offline')
    server.faults = []
    server.requests.length = 0
    await expect(attempt()).resolves.toBe('done')
    expect(server.requests.slice(0, 2)).toEqual(['query', 'upload'])
    expect(server.requests).not.toContain('start')
  })

  it('rests without a connection, instead of trying for ever', async () => {
    const { attempt } = device()
    server.faults = Array<Fault>(50).fill('cut')
    await expect(attempt()).resolves.toBe('offline')
    expect(server.requests.length).toBeLessThan(8)
  })

  it('tells a denial from an object that is there already', async () => {
    const denied = device()
    server.faults = ['deny']
    await expect(denied.attempt()).resolves.toBe('denied')

    const { attempt, name } = device()
    server.objects.set(name, bytes)
    await expect(attempt()).resolves.toBe('done')
    server.objects.set(name, Buffer.from('something else'))
    await expect(attempt()).resolves.toBe('denied')
  })

  it('does not take the end of a denied upload for a success, when the response was lost', async () => {
    const { attempt, name } = device()
    server.objects.set(name, Buffer.from('something else'))
    // One chunk: start, then the end, whose response is lost.
    writeFileSync(path, bytes.subarray(0, 1000))
    server.faults = ['none', 'lost']
    await expect(attempt()).resolves.toBe('denied')
  })

  it('waits for a fresh token when the old one has expired', async () => {
    const { attempt } = device()
    server.token = 'fresh'
    await expect(attempt('old')).resolves.toBe('offline')
    await expect(attempt('fresh')).resolves.toBe('done')
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    const { attempt, session } = device(controller.signal)
    controller.abort()
    await expect(attempt()).resolves.toBe('stopped')
    expect(session()).toBeNull()
  })

  it('ends when the bytes are not here any more', async () => {
    rmSync(path)
    await expect(device().attempt()).resolves.toBe('lost')
  })

  it('sends the token to no other server', async () => {
    const other = await startFakeStorage()
    const target = { place: { chatId }, object: objectIdSchema.parse('0'.repeat(32)), token: 'secret' }
    const session = `${other.base}?upload_id=1`
    const { signal } = new AbortController()
    await expect(storage.query(target, session, signal)).resolves.toEqual({ state: 'gone' })
    expect(other.requests).toEqual([])
    await other.close()
  })
})
