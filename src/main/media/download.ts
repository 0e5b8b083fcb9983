import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { DownloadOutcome } from '#shared/bridge/media.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import { isDiskFull } from './disk-full.ts'
import { writeAll, type MediaFolder } from './folder.ts'
import { StorageError, type Storage, type Target } from './storage.ts'

/** Without a byte for this long, the connection counts as lost, in ms. */
const STALL_MS = 30_000

export interface DownloadJob {
  storage: Storage
  folder: MediaFolder
  /** Name of the partial file. Each download has another one. */
  part: string
  target: Target
  /** What the message says about the file. It comes from another person. */
  expected: { sha256: Sha256; size: number }
  onProgress: (done: number, size: number) => void
  signal: AbortSignal
}

/**
 * Downloads an object into the folder, continuing what an earlier attempt has left. The file gets its name only if its size and its
 * SHA-256 are the expected ones. Never rejects.
 */
export async function download(job: DownloadJob): Promise<DownloadOutcome> {
  const { folder, part, expected, signal } = job
  let file: FileHandle | undefined
  try {
    file = await folder.openPart(part)
    const outcome = await receive(job, file)
    if (outcome === 'done') {
      const complete = file
      file = undefined
      await folder.keepPart(part, complete, expected.sha256)
    }
    return outcome
  } catch (error) {
    return signal.aborted ? 'stopped' : outcomeOf(error)
  } finally {
    await file?.close()
  }
}

async function receive(job: DownloadJob, file: FileHandle): Promise<DownloadOutcome> {
  const { storage, folder, part, target, expected, onProgress, signal } = job
  let { hash, done } = await readPart(file, expected.size)
  const stall = new AbortController()
  const timer = setTimeout(() => stall.abort(), STALL_MS)
  try {
    const any = AbortSignal.any([signal, stall.signal])
    const { offset, body } = await storage.read(target, done, any)
    if (offset !== done) ({ hash, done } = { hash: createHash('sha256'), done: 0 })
    for await (const bytes of body) {
      timer.refresh()
      if (done + bytes.byteLength > expected.size) {
        await folder.removePart(part)
        return 'damaged'
      }
      await writeAll(file, bytes, done)
      hash.update(bytes)
      done += bytes.byteLength
      onProgress(done, expected.size)
    }
  } finally {
    clearTimeout(timer)
  }
  const isIntact = done === expected.size && hash.digest('hex') === expected.sha256
  if (isIntact) await file.truncate(done)
  else await folder.removePart(part)
  return isIntact ? 'done' : 'damaged'
}

/** The hash and number of the bytes that an earlier attempt has left. A part that cannot be the beginning is not used. */
async function readPart(file: FileHandle, size: number): Promise<{ hash: Hash; done: number }> {
  const hash = createHash('sha256')
  const { size: left } = await file.stat()
  if (left === 0 || left >= size) return { hash, done: 0 }
  const buffer = Buffer.alloc(64 * 1024)
  for (let done = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, done)
    if (bytesRead === 0) return { hash, done }
    hash.update(buffer.subarray(0, bytesRead))
    done += bytesRead
  }
}

function outcomeOf(error: unknown): DownloadOutcome {
  if (isDiskFull(error)) return 'full'
  return error instanceof StorageError && error.reason !== 'retry' ? error.reason : 'offline'
}
