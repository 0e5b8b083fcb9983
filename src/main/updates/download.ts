import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { writeAll } from '../media/folder.ts'
import { request, type Fetch } from './server.ts'
import { problemOf, UpdateError } from './update-error.ts'

export interface DownloadOptions {
  fetch: Fetch
  url: URL
  /** As the feed says. `sha512` is in base64. */
  expected: { sha512: string; size: number }
  /** The folder of the partial file, which is there for this alone. */
  directory: string
  /** Where the complete file goes, on the same disk. */
  destination: string
  onProgress: (done: number) => void
}

/**
 * Downloads a file, continuing what an earlier attempt has left. It gets its place only if size and SHA-512 are the expected ones.
 * Rejects with an UpdateError, or with an error of the disk.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { expected, directory, destination } = options
  await mkdir(directory, { recursive: true })
  const part = join(directory, partName(expected.sha512))
  await removeOthers(directory, basename(part))
  const file = await open(part, constants.O_RDWR | constants.O_CREAT)
  try {
    await receive(options, file)
    await file.sync()
  } catch (error) {
    await file.close()
    // What has come so far is worth its space only if the rest may follow.
    if (problemOf(error) !== 'offline') await rm(part, { force: true })
    throw error
  }
  await file.close()
  await rename(part, destination)
}

const partName = (sha512: string): string =>
  `${createHash('sha256').update(sha512).digest('hex').slice(0, 32)}.part`

async function removeOthers(directory: string, part: string): Promise<void> {
  const others = (await readdir(directory)).filter((name) => name !== part)
  await Promise.all(others.map((name) => rm(join(directory, name), { force: true })))
}

async function receive(
  { fetch, url, expected, onProgress }: DownloadOptions,
  file: FileHandle,
): Promise<void> {
  let { hash, done } = await readPart(file, expected.size)
  if (done < expected.size) {
    const headers = done === 0 ? undefined : { range: `bytes=${String(done)}-` }
    const answer = await request(fetch, url, headers === undefined ? {} : { headers, statuses: [206] })
    if (answer.status === 200 && done > 0) {
      await file.truncate(0)
      ;({ hash, done } = { hash: createHash('sha512'), done: 0 })
    }
    for await (const bytes of answer.body) {
      if (done + bytes.byteLength > expected.size) throw new UpdateError('tampered', 'the file is too large')
      await writeAll(file, bytes, done)
      hash.update(bytes)
      done += bytes.byteLength
      onProgress(done)
    }
  }
  if (done < expected.size) throw new UpdateError('offline', 'the connection broke')
  if (hash.digest('base64') !== expected.sha512)
    throw new UpdateError('tampered', 'the file is not the one that the feed describes')
}

/** The hash and number of the bytes that an earlier attempt has left. */
async function readPart(file: FileHandle, size: number): Promise<{ hash: Hash; done: number }> {
  const hash = createHash('sha512')
  if ((await file.stat()).size > size) await file.truncate(0)
  const buffer = Buffer.alloc(256 * 1024)
  for (let done = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, done)
    if (bytesRead === 0) return { hash, done }
    hash.update(buffer.subarray(0, bytesRead))
    done += bytesRead
  }
}
