import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/*
 * Requests to servers that another person has named. They must not reach anything that is not on the internet: a preview would tell
 * the sender of a link what runs in this person's network. So a connection is made only to an address that has been checked. A proxy would
 * resolve the name itself, in its own network and unchecked: where there is one, no request is made at all.
 */

const MAX_REDIRECTS = 3
const MAX_URL = 2048
/** Some sites answer only what looks like a browser. */
const USER_AGENT = 'Mozilla/5.0 (compatible; Perch link preview)'

/** The request was not made, or the server did not answer as it should. */
export class WebError extends Error {
  override readonly name = 'WebError'
}

export interface WebAccess {
  resolve: (host: string) => Promise<LookupAddress[]>
  /** False: this URL would have to be requested from a proxy. */
  isDirect: (url: string) => Promise<boolean>
  /** This one origin is reached whatever its address and port: the web server of a test. Null in a packaged app. */
  testOrigin: string | null
}

export const systemResolve: WebAccess['resolve'] = (host) => lookup(host, { all: true })

export interface WebResponse {
  /** Where the answer came from, after the redirects. */
  url: URL
  /** In lower case, with parameters; empty if the server names none. */
  type: string
  body: IncomingMessage
}

/** Opens a URL, following redirects. Rejects when any address on the way may not be reached, or the answer is not 200. */
export async function openUrl(
  text: string,
  accept: string,
  access: WebAccess,
  signal: AbortSignal,
): Promise<WebResponse> {
  let url = checkedUrl(text, undefined, access)
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!(await access.isDirect(url.href))) throw new WebError('behind a proxy')
    const body = await request(url, accept, access, signal)
    const { statusCode = 0, headers } = body
    if (statusCode === 200)
      return { url, type: headers['content-type']?.toLowerCase() ?? '', body: plain(body) }
    body.destroy()
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined)
      throw new WebError(`the server answered ${String(statusCode)}`)
    url = checkedUrl(headers.location, url, access)
  }
  throw new WebError('too many redirects')
}

/** Reads at most `limit` bytes, and stops behind `end` if that is found earlier. Rejects when the connection ends too soon. */
export async function readBytes({ body }: WebResponse, limit: number, end?: string): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(limit)
  let size = 0
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new WebError('no bytes')
    // The end may be in two chunks.
    const from = Math.max(0, size - (end?.length ?? 0))
    size += chunk.copy(bytes, size)
    if (size === limit || (end !== undefined && bytes.subarray(0, size).includes(end, from, 'latin1'))) break
  }
  return bytes.subarray(0, size)
}

/** Only what a browser would open as a page on the usual ports. An address instead of a name is checked here, a name when it is resolved. */
function checkedUrl(text: string, base: URL | undefined, { testOrigin }: WebAccess): URL {
  const url = URL.parse(text, base)
  if (url === null || url.href.length > MAX_URL) throw new WebError('no URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new WebError('not a web address')
  if (url.username !== '' || url.password !== '') throw new WebError('credentials')
  if (url.origin === testOrigin) return url
  if (!['', '80', '443'].includes(url.port)) throw new WebError('another port')
  const host = url.hostname.replace(/^\[|\]$/gu, '')
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new WebError('not a public address')
  return url
}

function request(url: URL, accept: string, access: WebAccess, signal: AbortSignal): Promise<IncomingMessage> {
  const isHttps = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const sent = (isHttps ? requestHttps : requestHttp)(url, {
      // Of its own: no connection is used again, and no proxy of the environment is used.
      agent: isHttps ? new HttpsAgent() : new HttpAgent(),
      headers: { accept, 'accept-encoding': 'identity', 'user-agent': USER_AGENT },
      signal,
      ...(url.origin !== access.testOrigin && { lookup: checkedLookup(access) }),
    })
    sent.on('response', resolve)
    sent.on('error', reject)
    sent.end()
  })
}

/**
 * Resolves a name for one connection. The connection is made to the addresses that this returns, so a name that resolves to something
 * else a moment later changes nothing.
 */
function checkedLookup({ resolve }: WebAccess): LookupFunction {
  return (host, options, answer) => {
    publicAddresses(host, resolve).then(
      ([first, ...others]) => {
        if (options.all === true) answer(null, [first, ...others])
        else answer(null, first.address, first.family)
      },
      (error: unknown) =>
        answer(error instanceof WebError ? error : new WebError('no such server', { cause: error }), ''),
    )
  }
}

/** One address that is not public is enough to refuse all. */
async function publicAddresses(
  host: string,
  resolve: WebAccess['resolve'],
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await resolve(host)
  if (first === undefined) throw new WebError('no address')
  if (![first, ...others].every(({ address }) => isPublicAddress(address)))
    throw new WebError('not a public address')
  return [first, ...others]
}

/** A body that is compressed all the same is not read: a few bytes could become gigabytes. */
function plain(body: IncomingMessage): IncomingMessage {
  const encoding = body.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return body
  body.destroy()
  throw new WebError('compressed')
}
