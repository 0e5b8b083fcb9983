import { multipartUpload, objectsUrl } from '../../../scripts/lib/emulator-rest.ts'
import type { Backend } from '../../../src/shared/backend.ts'

/*
 * Requests to the REST API of Storage, as a client sends them: with the token of a person, or without one.
 */

export interface Reply {
  status: number
  text: string
}
export type Request = (backend: Backend, token: string | null) => Promise<Reply>

interface Call {
  method?: string
  headers?: Record<string, string>
  body?: Buffer<ArrayBuffer> | string
}

/** Sends a request. `where` follows the URL of the bucket's objects; a function makes it from that URL. */
export function call(
  where: string | ((objects: string) => string),
  { headers, ...more }: Call = {},
): Request {
  return async (backend, token) => {
    const objects = objectsUrl(backend)
    const url = typeof where === 'string' ? objects + where : where(objects)
    const response = await fetch(url, {
      ...more,
      headers: { ...headers, ...(token === null ? {} : { authorization: `Firebase ${token}` }) },
    })
    return { status: response.status, text: await response.text() }
  }
}

const at = (path: string): string => `/${encodeURIComponent(path)}`
const json = { 'content-type': 'application/json' }

export const download = (path: string): Request => call(`${at(path)}?alt=media`)
export const getMetadata = (path: string): Request => call(at(path))
export const list = (prefix: string): Request =>
  call(`?${new URLSearchParams({ prefix, delimiter: '/' }).toString()}`)
export const remove = (path: string): Request => call(at(path), { method: 'DELETE' })
export const patch = (path: string, metadata: object): Request =>
  call(at(path), { method: 'PATCH', headers: json, body: JSON.stringify(metadata) })

/** What is uploaded. */
export interface Upload {
  bytes?: Buffer<ArrayBuffer>
  contentType?: unknown
  /** Custom metadata. */
  metadata?: unknown
}

/** Uploads metadata and bytes in one request. */
export function multipart(path: string, { bytes = Buffer.from('bytes'), ...metadata }: Upload): Request {
  const { contentType, body } = multipartUpload(metadata, bytes)
  return call(`?name=${encodeURIComponent(path)}`, {
    method: 'POST',
    headers: { 'content-type': contentType, 'x-goog-upload-protocol': 'multipart' },
    body,
  })
}

/** Uploads nothing but bytes. */
export const media = (path: string, contentType: string): Request =>
  call(`?name=${encodeURIComponent(path)}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: 'bytes',
  })

/** Uploads by the resumable protocol, in two chunks. `finalToken` is sent with the chunks; default: that of the start. */
export function resumable(
  path: string,
  { bytes = Buffer.from('bytes'), ...metadata }: Upload,
  finalToken?: string | null,
): Request {
  return async (backend, token) => {
    const started = await startUpload(backend, token, path, metadata)
    const half = Math.floor(bytes.length / 2)
    const as = finalToken === undefined ? token : finalToken
    await chunk(started, 0, 'upload', bytes.subarray(0, half))(backend, as)
    return chunk(started, half, 'upload, finalize', bytes.subarray(half))(backend, as)
  }
}

const resumableProtocol = { 'x-goog-upload-protocol': 'resumable' }

/** Returns the URL of the new session. */
async function startUpload(
  backend: Backend,
  token: string | null,
  path: string,
  metadata: object,
): Promise<string> {
  const response = await fetch(`${objectsUrl(backend)}?name=${encodeURIComponent(path)}`, {
    method: 'POST',
    headers: {
      ...json,
      ...resumableProtocol,
      'x-goog-upload-command': 'start',
      ...(token === null ? {} : { authorization: `Firebase ${token}` }),
    },
    body: JSON.stringify(metadata),
  })
  const session = response.headers.get('x-goog-upload-url')
  if (session === null) throw new Error(`The upload did not start: ${response.status}`)
  return session
}

const chunk = (session: string, offset: number, command: string, body: Buffer<ArrayBuffer>): Request =>
  call(() => session, {
    method: 'POST',
    headers: {
      ...resumableProtocol,
      'x-goog-upload-command': command,
      'x-goog-upload-offset': String(offset),
    },
    body,
  })
