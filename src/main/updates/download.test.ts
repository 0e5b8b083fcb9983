import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { download } from './download.ts'
import { placesOf, requestText, type Fetch } from './server.ts'

const bytes = Buffer.from('a new version '.repeat(1000))
const expected = { sha512: createHash('sha512').update(bytes).digest('base64'), size: bytes.byteLength }
const url = new URL('https://updates.example/Perch.AppImage')

let root: string
let asked: (string | null)[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perch-download-'))
  asked = []
})
afterEach(() => rmSync(root, { recursive: true }))

/** A server that sends `content`, from the asked offset on, and breaks the connection after `limit` bytes. */
function server(content: Buffer, { limit = Infinity, ranges = true, status = 200 } = {}): Fetch {
  return (_, init) => {
    const range = new Headers(init.headers).get('range')
    asked.push(range)
    const from = ranges ? Number(/\d+/u.exec(range ?? '')?.[0] ?? 0) : 0
    const rest = content.subarray(from)
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(rest.subarray(0, Math.min(limit, rest.byteLength))))
        if (limit < rest.byteLength) setTimeout(() => controller.error(new Error('cut')), 5)
        else controller.close()
      },
    })
    return Promise.resolve(new Response(body, { status: status === 200 && from > 0 ? 206 : status }))
  }
}

const destination = (): string => join(root, 'new.AppImage')
const get = (fetch: Fetch): Promise<void> =>
  download({
    fetch,
    url,
    expected,
    directory: join(root, 'parts'),
    destination: destination(),
    onProgress: () => undefined,
  })
const partsLeft = (): string[] => readdirSync(join(root, 'parts'))

it('a file gets its place when it is the expected one', async () => {
  await get(server(bytes))
  expect(readFileSync(destination())).toEqual(bytes)
  expect(partsLeft()).toEqual([])
})

it('a download that was cut continues where it ended', async () => {
  await expect(get(server(bytes, { limit: 4000 }))).rejects.toMatchObject({ problem: 'offline' })
  await get(server(bytes))
  expect(asked).toEqual([null, 'bytes=4000-'])
  expect(readFileSync(destination())).toEqual(bytes)
})

it('a server without ranges sends all of it again', async () => {
  await expect(get(server(bytes, { limit: 4000 }))).rejects.toMatchObject({ problem: 'offline' })
  await get(server(bytes, { ranges: false }))
  expect(readFileSync(destination())).toEqual(bytes)
})

it.each([
  ['other bytes', Buffer.from(bytes.toString().replace('new', 'bad'))],
  ['more bytes', Buffer.concat([bytes, Buffer.from('!')])],
])('%s are refused, and nothing is left of them', async (_, content) => {
  await expect(get(server(content))).rejects.toMatchObject({ problem: 'tampered' })
  expect(existsSync(destination())).toBe(false)
  expect(partsLeft()).toEqual([])
})

it('a file that ends too early is not taken for the whole', async () => {
  await expect(get(server(bytes.subarray(0, 4000)))).rejects.toMatchObject({ problem: 'offline' })
})

it('a part of another file is deleted', async () => {
  await expect(get(server(bytes, { limit: 10 }))).rejects.toThrow('broke')
  const other = Buffer.from('another version')
  const sha512 = createHash('sha512').update(other).digest('base64')
  await download({
    fetch: server(other),
    url,
    expected: { sha512, size: other.byteLength },
    directory: join(root, 'parts'),
    destination: destination(),
    onProgress: () => undefined,
  })
  expect(partsLeft()).toEqual([])
})

it('an answer without the file is the server’s problem, no answer is the connection’s', async () => {
  await expect(get(server(bytes, { status: 404 }))).rejects.toMatchObject({ problem: 'server' })
  await expect(get(() => Promise.reject(new Error('net::ERR_FAILED')))).rejects.toMatchObject({
    problem: 'offline',
  })
})

it('a server that leads from https to http is refused', async () => {
  const insecure: Fetch = () => {
    const answer = new Response('x')
    Object.defineProperty(answer, 'url', { value: 'http://elsewhere.example/' })
    return Promise.resolve(answer)
  }
  await expect(requestText(insecure, url)).rejects.toMatchObject({ problem: 'server' })
})

it('an endless feed is refused', async () => {
  const endless = server(Buffer.alloc(1_000_000, 'a'))
  await expect(requestText(endless, url)).rejects.toMatchObject({ problem: 'server' })
})

it('a repository is two folders: one for the newest feed, one for each version', () => {
  const { feed, files } = placesOf({ github: 'perch/perch' })
  expect(feed.href).toBe('https://github.com/perch/perch/releases/latest/download/')
  expect(files('0.2.0').href).toBe('https://github.com/perch/perch/releases/download/v0.2.0/')
  expect(placesOf({ url: 'https://a.example/x' }).feed.href).toBe('https://a.example/x/')
})
