import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { sha256Schema, type Sha256 } from '#shared/messages/attachment.ts'
import { PAGE_ORIGIN } from '../security/security-policy.ts'
import { contentTypeOf, HEAD_LENGTH } from './file-types.ts'
import { parseRange } from './range.ts'

/** Nothing in a file runs, whatever it is and however it is opened. */
const headers = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': PAGE_ORIGIN,
  'accept-ranges': 'bytes',
  // A file never changes, because its name is its SHA-256.
  'cache-control': 'private, max-age=31536000, immutable',
}

/** Answers a request for `app://media/<sha256>?type=<mime>`. `pathOf` returns undefined when no account is open. */
export async function respond(
  request: Request,
  pathOf: (sha256: Sha256) => string | undefined,
): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405 })
  const { pathname, searchParams } = new URL(request.url)
  const sha256 = sha256Schema.safeParse(pathname.slice(1))
  const path = sha256.success ? pathOf(sha256.data) : undefined
  const opening = path === undefined ? undefined : await look(path)
  if (path === undefined || opening === undefined) return new Response(null, { status: 404 })
  const { size, head } = opening
  const type = { ...headers, 'content-type': contentTypeOf(searchParams.get('type'), head) }
  const range = parseRange(request.headers.get('range'), size)
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${String(size)}` },
    })
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range
  const length = { 'content-length': String(end - start + 1) }
  const body = streamOf(path, start, end)
  if (range === 'whole') return new Response(body, { headers: { ...type, ...length } })
  const contentRange = `bytes ${String(start)}-${String(end)}/${String(size)}`
  return new Response(body, { status: 206, headers: { ...type, ...length, 'content-range': contentRange } })
}

/** Size and first bytes of a file; undefined when it is not here or empty. */
async function look(path: string): Promise<{ size: number; head: Buffer } | undefined> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_LENGTH), 0, HEAD_LENGTH, 0)
      return size === 0 ? undefined : { size, head: buffer.subarray(0, bytesRead) }
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

/** Reads while the page takes bytes, so that a video is never whole in memory. */
function streamOf(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's type of the same standard stream
  return Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream<Uint8Array>
}
