import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { photo } from '#shared/domain/test-data.ts'
import { createPdfCover, MAX_PDF_BYTES, PDF_TIMEOUT_MS } from './pdf-pages.ts'
import type { PhotoRenderer } from './photo-tasks.ts'

/** A worker that answers when the test says so. */
class FakeWorker extends EventTarget {
  readonly postMessage = vi.fn<(message: unknown) => void>()
  readonly terminate = vi.fn<() => void>()
  constructor() {
    super()
    workers.push(this)
  }
  answer(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

let workers: FakeWorker[]
const photos: PhotoRenderer = {
  render: () =>
    Promise.resolve({
      bytes: new Blob([Buffer.from(photo.small, 'base64')]),
      width: 96,
      height: 96,
      hash: '',
      upright: { width: 96, height: 96 },
    }),
}
const file = new Blob(['%PDF-1.4'])
const page = (() => {
  const header = Buffer.alloc(64)
  header.write('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1')
  header.writeUInt32BE(226, 16)
  header.writeUInt32BE(320, 20)
  return new Blob([header])
})()

beforeEach(() => {
  workers = []
  vi.useFakeTimers()
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('window', {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** The worker of that number, once it has started. */
async function worker(n: number): Promise<FakeWorker> {
  await vi.advanceTimersByTimeAsync(0)
  const started = workers[n - 1]
  if (started === undefined) throw new Error('not started')
  return started
}

it('is the page that the worker drew. What the parser says of itself is no answer', async () => {
  const cover = createPdfCover(photos)(file)
  const first = await worker(1)
  expect(first.postMessage).toHaveBeenCalledWith(file)
  first.answer({ action: 'ready' })
  first.answer(page)
  expect(await cover).toBe(photo.small)
  expect(first.terminate).toHaveBeenCalledOnce()
})

it('is none, and the worker ends, when it finds no page, crashes or takes too long', async () => {
  const ends: ((worker: FakeWorker) => unknown)[] = [
    (started) => started.answer(null),
    (started) => started.dispatchEvent(new Event('error')),
    () => vi.advanceTimersByTimeAsync(PDF_TIMEOUT_MS),
  ]
  const coverOf = createPdfCover(photos)
  for (const [index, end] of ends.entries()) {
    const cover = coverOf(file)
    const started = await worker(index + 1)
    expect(started.terminate).not.toHaveBeenCalled()
    await end(started)
    expect(await cover).toBeNull()
    expect(started.terminate).toHaveBeenCalledOnce()
  }
})

it('is none of a large file, which is not read', async () => {
  expect(await createPdfCover(photos)(new Blob([new Uint8Array(MAX_PDF_BYTES + 1)]))).toBeNull()
  expect(workers).toEqual([])
})

it('is drawn of one file after the other', async () => {
  const coverOf = createPdfCover(photos)
  const covers = Promise.all([coverOf(file), coverOf(file)])
  const first = await worker(1)
  expect(workers).toHaveLength(1)
  first.answer(null)
  const second = await worker(2)
  second.answer(page)
  expect(await covers).toEqual([null, photo.small])
})
