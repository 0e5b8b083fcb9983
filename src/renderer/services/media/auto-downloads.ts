import type { Place } from '#shared/domain/place.ts'
import type { Attachment, ObjectId } from '#shared/messages/attachment.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { Backoff } from '../pace.ts'

/** Waiting times between two attempts, in ms. */
const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 300_000

interface Attempt {
  backoff: Backoff
  /** Not before this time, in ms. */
  next: number
}

interface AutoDownloadOptions {
  store: AppStore
  /** Resolves when the file is here or has failed; the store says which. Never rejects. */
  download: (place: Place, file: Attachment) => Promise<void>
}

/**
 * Downloads files while they are wanted: while they can be seen. One that fails because of the network is tried again after a while, or
 * when the connection comes back. The waiting times belong to the file, so scrolling does not make them shorter.
 */
export class AutoDownloads {
  readonly #options: AutoDownloadOptions
  readonly #failed = new Map<ObjectId, Attempt>()
  readonly #unsubscribe: () => void

  constructor(options: AutoDownloadOptions) {
    this.#options = options
    this.#unsubscribe = options.store.subscribe((state, before) => {
      if (state.connection === 'online' && before.connection !== 'online') this.#failed.clear()
    })
  }

  stop(): void {
    this.#unsubscribe()
  }

  /** Downloads the file until the returned function is called. */
  want(place: Place, file: Attachment): () => void {
    const { download } = this.#options
    let timer: ReturnType<typeof setTimeout> | undefined
    let isWanted = true
    const start = (waitMs: number): void => {
      timer = setTimeout(() => void attempt(), waitMs)
    }
    const attempt = async (): Promise<void> => {
      await download(place, file)
      if (this.#hasFailed(file.object)) {
        const wait = this.#nextWait(file.object)
        if (isWanted) start(wait)
      } else this.#failed.delete(file.object)
    }
    const wait = (this.#failed.get(file.object)?.next ?? 0) - Date.now()
    if (wait > 0) start(wait)
    else void attempt()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }

  #hasFailed(object: ObjectId): boolean {
    const transfer = this.#options.store.getState().transfers.get(object)
    return transfer?.state === 'failed' && transfer.failure === 'offline'
  }

  #nextWait(object: ObjectId): number {
    const backoff = this.#failed.get(object)?.backoff ?? new Backoff(FIRST_WAIT_MS, LONGEST_WAIT_MS)
    const wait = backoff.nextAtRandom()
    this.#failed.set(object, { backoff, next: Date.now() + wait })
    return wait
  }
}
