import { open, type FileHandle } from 'node:fs/promises'
import type { UploadOutcome } from '#shared/bridge/media.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { StorageError, type SessionState, type Storage, type Target } from './storage.ts'

/** Chunks are multiples of this, except for the last. The protocol demands it. */
const GRAIN = 256 * 1024
const MAX_CHUNK = 8 * 1024 * 1024
/** A chunk should take about this long, so that progress shows and a cut loses little, in ms. */
const CHUNK_TIME_MS = 1000
/** After this many failures in a row without a new byte, the upload ends. The outbox starts it again later. */
const MAX_FAILURES = 3

export interface UploadJob {
  storage: Storage
  target: Target
  /** The file. Its bytes never change. */
  path: string
  mime: string
  owner: UserId
  /** The session of an earlier attempt. */
  session: string | null
  saveSession: (session: string | null) => Promise<void>
  onProgress: (done: number, size: number) => void
  signal: AbortSignal
}

/** Uploads a file in chunks, continuing its session. Never rejects for a failure of the network or the server. */
export async function upload(job: UploadJob): Promise<UploadOutcome> {
  const file = await open(job.path).catch(() => undefined)
  if (file === undefined) return 'lost'
  try {
    return await new Upload(job, file, (await file.stat()).size).run()
  } finally {
    await file.close()
  }
}

class Upload {
  readonly #job: UploadJob
  readonly #file: FileHandle
  readonly #size: number
  #session: string | null
  #chunk = GRAIN
  #failures = 0
  /** Most bytes that the server has confirmed so far. */
  #confirmed = 0

  constructor(job: UploadJob, file: FileHandle, size: number) {
    this.#job = job
    this.#file = file
    this.#size = size
    this.#session = job.session
  }

  async run(): Promise<UploadOutcome> {
    // Undefined means: ask the server. After a failure the local offset may be wrong, and the server would store a repeated chunk twice.
    let state: SessionState | undefined
    for (;;) {
      try {
        if (this.#job.signal.aborted) return 'stopped'
        if (this.#session === null) {
          state = await this.#start()
        } else if (state === undefined) {
          state = await this.#query(this.#session)
          // The response to the last chunk was lost. The session ends also when the server denies the object.
          if (state.state === 'final') return await this.#outcomeOfEnd()
        }
        if (state.state === 'final') return 'done'
        if (state.state === 'gone') {
          await this.#forgetSession()
          state = undefined
        } else if (this.#session !== null) {
          this.#report(state.received)
          state = await this.#send(this.#session, state.received)
        }
      } catch (error) {
        if (this.#job.signal.aborted) return 'stopped'
        state = undefined
        const outcome = await this.#outcomeOf(error)
        if (outcome !== undefined) return outcome
      }
    }
  }

  async #start(): Promise<SessionState> {
    const { storage, target, mime, owner, saveSession, signal } = this.#job
    this.#countFailure('the session is gone again and again')
    this.#session = await storage.start(target, { size: this.#size, mime, owner }, signal)
    // Before the first byte is sent, so that a restart continues here.
    await saveSession(this.#session)
    return { state: 'active', received: 0 }
  }

  #query(session: string): Promise<SessionState> {
    const { storage, target, signal } = this.#job
    return storage.query(target, session, signal)
  }

  async #send(session: string, offset: number): Promise<SessionState> {
    const { storage, target, signal } = this.#job
    // A chunk arrived twice, or the session is not ours. The upload begins anew.
    if (offset > this.#size) return { state: 'gone' }
    const bytes = await this.#read(offset)
    const isLast = offset + bytes.byteLength === this.#size
    const began = performance.now()
    const state = await storage.send(target, session, { offset, bytes, isLast }, signal)
    this.#adapt(performance.now() - began)
    if (state.state === 'final') this.#report(this.#size)
    // A response without the number of bytes says only that the chunk has arrived.
    return state.state === 'active' ? { state: 'active', received: offset + bytes.byteLength } : state
  }

  async #read(offset: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.min(this.#chunk, this.#size - offset))
    for (let done = 0; done < bytes.byteLength;) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.byteLength - done, offset + done)
      if (bytesRead === 0) throw new Error('the file is shorter than it was')
      done += bytesRead
    }
    return bytes
  }

  #adapt(ms: number): void {
    if (ms < CHUNK_TIME_MS / 2) this.#chunk = Math.min(this.#chunk * 2, MAX_CHUNK)
    else if (ms > CHUNK_TIME_MS * 2)
      this.#chunk = Math.max(GRAIN, Math.floor(this.#chunk / 2 / GRAIN) * GRAIN)
  }

  #report(received: number): void {
    if (received > this.#confirmed) {
      this.#confirmed = received
      this.#failures = 0
    }
    this.#job.onProgress(received, this.#size)
  }

  async #forgetSession(): Promise<void> {
    this.#session = null
    await this.#job.saveSession(null)
  }

  #countFailure(detail: string): void {
    this.#failures += 1
    if (this.#failures > MAX_FAILURES) throw new StorageError('retry', detail)
  }

  /** Returns undefined when the upload goes on. */
  async #outcomeOf(error: unknown): Promise<UploadOutcome | undefined> {
    this.#failures += 1
    this.#chunk = GRAIN
    if (error instanceof StorageError && error.reason !== 'retry') return this.#outcomeOfEnd()
    return this.#failures > MAX_FAILURES ? 'offline' : undefined
  }

  /** An object cannot be written twice. So after a lost response, a denial can mean that the object is there. */
  async #outcomeOfEnd(): Promise<UploadOutcome> {
    const { storage, target, signal } = this.#job
    try {
      return (await storage.sizeOf(target, signal)) === this.#size ? 'done' : 'denied'
    } catch {
      return 'offline'
    }
  }
}
