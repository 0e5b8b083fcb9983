import type { DownloadOutcome, UploadOutcome } from '#shared/bridge/media.ts'
import type { Place } from '#shared/domain/place.ts'
import type { Upload } from '#shared/intents/upload.ts'
import type { Attachment, ObjectId, Sha256 } from '#shared/messages/attachment.ts'
import { WireError } from '../../data/wire-error.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore, Transfer, TransferFailure } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import type { Outcome } from '../outbox/outcome.ts'
import { Slots } from '../pace.ts'

/** A screen of photos asks for more than this at once. */
const MAX_DOWNLOADS = 4

export interface TransfersOptions {
  replica: AccountBridge
  store: AppStore
  report: Report
  idToken: () => Promise<string>
  /** Paused uploads may continue. */
  onResume: () => void
}

/** What an upload's outcome means for its intent. Null: it is tried again later, and continues. */
const outcomes: Readonly<Record<UploadOutcome, Outcome | null>> = {
  done: { outcome: 'done' },
  denied: { outcome: 'failed', failure: 'denied' },
  lost: { outcome: 'failed', failure: 'lost' },
  offline: null,
  stopped: null,
}

/** Null: the transfer is over, and the store forgets it. */
const failures: Readonly<Record<DownloadOutcome, TransferFailure | null>> = {
  done: null,
  stopped: null,
  denied: 'denied',
  gone: 'gone',
  damaged: 'damaged',
  offline: 'offline',
  full: 'full',
}

/** Lets main upload and download files, and keeps `transfers` and `files` of the store up to date. */
export class Transfers {
  readonly #options: TransfersOptions
  readonly #slots = new Slots(MAX_DOWNLOADS)
  readonly #downloads = new Map<ObjectId, Promise<void>>()
  readonly #cancelled = new Set<ObjectId>()
  /** All uploads that the store shows: running, waiting for the network, or paused. */
  readonly #uploads = new Set<ObjectId>()
  readonly #uploading = new Set<ObjectId>()
  readonly #paused = new Set<ObjectId>()
  readonly #unsubscribes: readonly (() => void)[]

  constructor(options: TransfersOptions) {
    const { replica, store } = options
    this.#options = options
    this.#unsubscribes = [
      replica.on('media.progress', ({ object, done, size }) => {
        if (store.getState().transfers.get(object)?.state === 'running')
          this.#set(object, { state: 'running', done, size })
      }),
      replica.on('media.removed', ({ sha256s }) =>
        markFiles(
          store,
          sha256s.map((sha256) => [sha256, false]),
        ),
      ),
      replica.on('replica.changed', ({ outbox }) => {
        if (outbox === null) return
        const wanted = new Set(outbox.flatMap((intent) => (intent.kind === 'upload' ? intent.key : [])))
        for (const object of this.#uploads) if (!wanted.has(object)) this.#discard(object)
      }),
    ]
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribes) unsubscribe()
    for (const object of [...this.#uploading, ...this.#downloads.keys()]) this.#stop(object)
    this.#options.store.setState({ transfers: new Map() })
  }

  isPaused(object: ObjectId): boolean {
    return this.#paused.has(object)
  }

  pause(object: ObjectId): void {
    const transfer = this.#options.store.getState().transfers.get(object)
    if (transfer?.state !== 'running') return
    this.#paused.add(object)
    this.#set(object, { ...transfer, state: 'paused' })
    this.#stop(object)
  }

  resume(object: ObjectId): void {
    const transfer = this.#options.store.getState().transfers.get(object)
    if (!this.#paused.delete(object)) return
    if (transfer?.state === 'paused') this.#set(object, { ...transfer, state: 'running' })
    this.#options.onResume()
  }

  /** Rejects with the WireError `offline` when the upload is to be continued later. */
  async upload({ place, object, sha256, mime, size }: Upload): Promise<Outcome> {
    const done = doneOf(this.#options.store.getState().transfers.get(object))
    this.#uploads.add(object)
    this.#uploading.add(object)
    this.#set(object, { state: 'running', done, size })
    let outcome: UploadOutcome = 'offline'
    try {
      const token = await this.#options.idToken()
      const args = { place, object, sha256, mime, token }
      outcome = (await this.#options.replica.call('media.upload', args)).outcome
    } finally {
      this.#uploading.delete(object)
      const waits = outcome === 'offline' && this.#uploads.has(object)
      if (!waits && !this.#paused.has(object)) this.#forget(object)
    }
    const result = outcomes[outcome]
    if (result === null) throw new WireError('offline')
    return result
  }

  /** Deletes an object from Storage. Rejects with the WireError `offline` when it is to be tried again later. */
  async deleteObject(place: Place, object: ObjectId): Promise<Outcome> {
    const token = await this.#options.idToken()
    const { outcome } = await this.#options.replica.call('media.delete', { place, object, token })
    if (outcome === 'offline') throw new WireError('offline')
    // Denied: this person may not write there any more. Or another device was faster: rules deny the deletion of what is gone.
    return { outcome: outcome === 'denied' ? 'dropped' : 'done' }
  }

  /** A second call for the same object waits for the first. */
  download(place: Place, file: Attachment): Promise<void> {
    const { object } = file
    const running = this.#downloads.get(object)
    if (running !== undefined) return running
    this.#cancelled.delete(object)
    this.#set(object, { state: 'running', done: 0, size: file.size })
    const download = this.#slots
      .run(() => this.#download(place, file))
      .catch((error: unknown): DownloadOutcome => {
        if (!(error instanceof WireError)) this.#options.report('media.download', error)
        return 'offline'
      })
      .then((outcome) => {
        this.#downloads.delete(object)
        const failure = failures[outcome]
        this.#set(object, failure === null ? undefined : { state: 'failed', failure })
      })
    this.#downloads.set(object, download)
    return download
  }

  cancelDownload(object: ObjectId): void {
    if (!this.#downloads.has(object)) return
    this.#cancelled.add(object)
    this.#stop(object)
  }

  async #download(place: Place, { object, sha256, size }: Attachment): Promise<DownloadOutcome> {
    if (this.#cancelled.has(object)) return 'stopped'
    const token = await this.#options.idToken()
    const args = { place, object, sha256, size, token }
    const { outcome } = await this.#options.replica.call('media.download', args)
    if (outcome === 'done') markFiles(this.#options.store, [[sha256, true]])
    return outcome
  }

  #stop(object: ObjectId): void {
    this.#options.replica
      .call('media.pause', { object })
      .catch((error: unknown) => this.#options.report('media.pause', error))
  }

  /** The message of the upload was deleted. */
  #discard(object: ObjectId): void {
    this.#paused.delete(object)
    this.#uploads.delete(object)
    if (this.#uploading.has(object)) this.#stop(object)
    else this.#forget(object)
  }

  #forget(object: ObjectId): void {
    this.#uploads.delete(object)
    this.#set(object, undefined)
  }

  #set(object: ObjectId, transfer: Transfer | undefined): void {
    this.#options.store.setState(({ transfers }) => {
      const next = new Map(transfers)
      if (transfer === undefined) next.delete(object)
      else next.set(object, transfer)
      return { transfers: next }
    })
  }
}

function doneOf(transfer: Transfer | undefined): number {
  return transfer === undefined || transfer.state === 'failed' ? 0 : transfer.done
}

/** Notes in the store which files are on this machine. */
export function markFiles(store: AppStore, found: readonly (readonly [Sha256, boolean])[]): void {
  const { files } = store.getState()
  if (found.every(([sha256, here]) => files.get(sha256) === here)) return
  store.setState({ files: new Map([...files, ...found]) })
}
