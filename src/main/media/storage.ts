import type { Backend } from '#shared/backend.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { storagePath, type Place } from '#shared/domain/place.ts'
import type { ObjectId } from '#shared/messages/attachment.ts'

/* Firebase Storage by its REST protocol. The SDK gives no session of an upload away, so it cannot continue after a restart. */

/** A request without a response for this long has failed, in ms. */
const TIMEOUT_MS = 60_000

/** The object of one transfer, and the right to access it. */
export interface Target {
  place: Place
  object: ObjectId
  token: string
}

export interface UploadStart {
  /** Bytes. */
  size: number
  mime: string
  /** Stored with the object: only this person may delete it. */
  owner: UserId
}

/** `active`: the server has `received` bytes. `gone`: the server does not know the session (any more). */
export type SessionState = { state: 'active'; received: number } | { state: 'final' } | { state: 'gone' }

/** The server's answer is one of the statuses that the caller must tell apart. Any other failure of a request is worth a retry. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly reason: 'denied' | 'gone' | 'retry'
  constructor(reason: StorageError['reason'], detail: string) {
    super(detail)
    this.reason = reason
  }
}

export interface Storage {
  /** Starts an upload, and returns the URL of its session. */
  start(target: Target, upload: UploadStart, signal: AbortSignal): Promise<string>
  query(target: Target, session: string, signal: AbortSignal): Promise<SessionState>
  /** Sends bytes from `offset` on; the last ones end the upload. */
  send(target: Target, session: string, chunk: Chunk, signal: AbortSignal): Promise<SessionState>
  /** Size of an object; undefined: there is none. */
  sizeOf(target: Target, signal: AbortSignal): Promise<number | undefined>
  /** Deletes an object. One that is not there counts as deleted. */
  remove(target: Target): Promise<void>
  /** Opens an object for reading from `offset` on. The server may send all of it instead: then `offset` of the result is 0. */
  read(
    target: Target,
    offset: number,
    signal: AbortSignal,
  ): Promise<{ offset: number; body: ReadableStream<Uint8Array> }>
}

export interface Chunk {
  offset: number
  bytes: Uint8Array<ArrayBuffer>
  isLast: boolean
}

/** The part of `fetch` that is used. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The URL of the bucket's objects. */
export function storageBase({ firebase, emulator }: Backend): string {
  const server =
    emulator === null
      ? 'https://firebasestorage.googleapis.com'
      : `http://${emulator.host}:${String(emulator.storagePort)}`
  return `${server}/v0/b/${firebase.storageBucket}/o`
}

/** `base`: see `storageBase`. */
export function createStorage(base: string, fetch: Fetch): Storage {
  const urlOf = ({ place, object }: Target): string =>
    `${base}/${encodeURIComponent(storagePath(place, object))}`

  async function request(
    { token }: Target,
    url: string,
    init: { method?: string; headers?: Record<string, string>; body?: BodyInit; signal: AbortSignal },
  ): Promise<Response> {
    const response = await fetch(url, {
      ...init,
      headers: { authorization: `Firebase ${token}`, ...init.headers },
      credentials: 'omit',
      redirect: 'error',
    })
    if (response.ok) return response
    await response.body?.cancel()
    throw new StorageError(reasonOf(response.status), `Storage answered ${String(response.status)}`)
  }

  /** Calls a session, and reads its state from the response. A session of another server never gets the token. */
  async function call(
    target: Target,
    session: string,
    init: { headers: Record<string, string>; body?: BodyInit; signal: AbortSignal },
  ): Promise<SessionState> {
    if (!isBelow(session, base)) return { state: 'gone' }
    try {
      const signal = AbortSignal.any([init.signal, AbortSignal.timeout(TIMEOUT_MS)])
      const response = await request(target, session, { ...init, method: 'POST', signal })
      const state = response.headers.get('x-goog-upload-status')
      const received = Number(response.headers.get('x-goog-upload-size-received'))
      await response.body?.cancel()
      if (state === 'final') return { state }
      return state === 'active' ? { state, received } : { state: 'gone' }
    } catch (error) {
      if (error instanceof StorageError && error.reason === 'gone') return { state: 'gone' }
      throw error
    }
  }

  return {
    async start(target, { size, mime, owner }, signal) {
      const path = storagePath(target.place, target.object)
      const response = await request(target, `${base}?name=${encodeURIComponent(path)}`, {
        method: 'POST',
        headers: {
          ...command('start'),
          'x-goog-upload-header-content-length': String(size),
          'x-goog-upload-header-content-type': mime,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ name: path, contentType: mime, metadata: { owner } }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      await response.body?.cancel()
      const session = response.headers.get('x-goog-upload-url')
      if (session === null || !isBelow(session, base)) throw new StorageError('retry', 'no session')
      return session
    },
    query: (target, session, signal) => call(target, session, { headers: command('query'), signal }),
    send: (target, session, { offset, bytes, isLast }, signal) =>
      call(target, session, {
        headers: {
          ...command(isLast ? 'upload, finalize' : 'upload'),
          'x-goog-upload-offset': String(offset),
        },
        body: bytes,
        signal,
      }),
    async sizeOf(target, signal) {
      try {
        const response = await request(target, urlOf(target), { signal })
        const metadata: unknown = await response.json()
        return typeof metadata === 'object' && metadata !== null && 'size' in metadata
          ? Number(metadata.size)
          : undefined
      } catch (error) {
        if (error instanceof StorageError && error.reason !== 'retry') return undefined
        throw error
      }
    },
    async remove(target) {
      try {
        const signal = AbortSignal.timeout(TIMEOUT_MS)
        const response = await request(target, urlOf(target), { method: 'DELETE', signal })
        await response.body?.cancel()
      } catch (error) {
        if (!(error instanceof StorageError && error.reason === 'gone')) throw error
      }
    },
    async read(target, offset, signal) {
      const headers: Record<string, string> = offset > 0 ? { range: `bytes=${String(offset)}-` } : {}
      const response = await request(target, `${urlOf(target)}?alt=media`, { headers, signal })
      const { body } = response
      if (body === null) throw new StorageError('retry', 'no body')
      if (response.status !== 206) return { offset: 0, body }
      const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]
      if (Number(start) !== offset) throw new StorageError('retry', 'not the part that was asked for')
      return { offset, body }
    },
  }
}

function command(name: string): Record<string, string> {
  return { 'x-goog-upload-protocol': 'resumable', 'x-goog-upload-command': name }
}

function isBelow(url: string, base: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(base).origin
}

/** An outdated token (401) is worth a retry: the page sends a fresh one. */
function reasonOf(status: number): StorageError['reason'] {
  if (status === 403) return 'denied'
  return status === 404 || status === 410 ? 'gone' : 'retry'
}
