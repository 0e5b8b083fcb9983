import type { Backend } from '#shared/backend.ts'
import { MAX_FEED_BYTES } from './feed.ts'
import { UpdateError } from './update-error.ts'

/** Without a byte for this long, the connection counts as lost, in ms. */
const STALL_MS = 30_000

/** Chromium's network: with the system's proxy and certificates, like the page's own requests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Places {
  /** The folder with the feed of the newest version. */
  feed: URL
  /** The folder with the files of a version. */
  files: (version: string) => URL
}

/** Throws for a configuration without a server. */
export function placesOf({ url, github }: NonNullable<Backend['updates']>): Places {
  if (github !== undefined) {
    const releases = `https://github.com/${github}/releases`
    return {
      feed: new URL(`${releases}/latest/download/`),
      // Another release may become the newest one while this one is downloaded.
      files: (version) => new URL(`${releases}/download/v${version}/`),
    }
  }
  const folder = new URL(url?.endsWith('/') === true ? url : `${url ?? ''}/`)
  return { feed: folder, files: () => folder }
}

export interface Answer {
  status: number
  /** Ends with an error when the connection breaks. */
  body: AsyncIterable<Uint8Array>
}

/** Requests a file. Rejects with an UpdateError: `offline`, or `server` for any status but 200 and the given ones. */
export async function request(
  fetch: Fetch,
  url: URL,
  { headers = {}, statuses = [] }: { headers?: Record<string, string>; statuses?: readonly number[] } = {},
): Promise<Answer> {
  const stall = new AbortController()
  const timer = setTimeout(() => stall.abort(), STALL_MS)
  let response: Response
  try {
    response = await fetch(url.href, {
      headers,
      cache: 'no-store',
      credentials: 'omit',
      signal: stall.signal,
    })
  } catch (cause) {
    clearTimeout(timer)
    throw new UpdateError('offline', 'the server cannot be reached', { cause })
  }
  const isSecure = url.protocol === 'http:' || !response.url.startsWith('http:')
  if (!isSecure || response.body === null || ![200, ...statuses].includes(response.status)) {
    clearTimeout(timer)
    stall.abort()
    throw new UpdateError('server', `the server answers ${String(response.status)} for ${url.pathname}`)
  }
  return { status: response.status, body: bytesOf(response.body, timer) }
}

async function* bytesOf(
  body: ReadableStream<Uint8Array>,
  timer: ReturnType<typeof setTimeout>,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of body) {
      timer.refresh()
      yield bytes
    }
  } catch (cause) {
    throw new UpdateError('offline', 'the connection broke', { cause })
  } finally {
    clearTimeout(timer)
  }
}

export async function requestText(fetch: Fetch, url: URL): Promise<string> {
  const { body } = await request(fetch, url)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const bytes of body) {
    size += bytes.byteLength
    if (size > MAX_FEED_BYTES) throw new UpdateError('server', 'the feed is too large')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}
