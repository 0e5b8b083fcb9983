import type { DownloadOutcome, UploadOutcome } from '#shared/bridge/media.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import type { Place } from '#shared/domain/place.ts'
import type { Intent } from '#shared/intents/index.ts'
import type { Upload } from '#shared/intents/upload.ts'
import type { Attachment, ObjectId, Sha256 } from '#shared/messages/attachment.ts'
import { WireError } from '../../data/wire-error.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { ListedTransfer, Transfer, TransferFailure } from '../../stores/transfers.ts'
import type { Report } from '../app/report.ts'
import type { Outcome } from '../outbox/outcome.ts'
import { Slots } from '../pace.ts'
import { AutoDownloads } from './auto-downloads.ts'

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

/** Lets main upload and download files, and keeps `transfers`, `listed` and `files` of the store up to date. */
export class Transfers {
  readonly #options: TransfersOptions
  readonly #slots = new Slots(MAX_DOWNLOADS)
  readonly #auto: AutoDownloads
  readonly #downloads = new Map<ObjectId, Promise<void>>()
  readonly #cancelled = new Set<ObjectId>()
  /** All uploads that the store shows: running, waiting, or paused. */
  readonly #uploads = new Set<ObjectId>()
  readonly #uploading = new Set<ObjectId>()
  /** Uploads that are done, while the outbox may still list them. */
  readonly #finished = new Set<ObjectId>()
  readonly #paused = new Set<ObjectId>()
  readonly #unsubscribes: readonly (() => void)[]

  constructor(options: TransfersOptions) {
    const { replica, store } = options
    this.#options = options
    this.#auto = new AutoDownloads({ store, download: (place, file) => this.#downloadBySelf(place, file) })
    this.#unsubscribes = [
      replica.on('media.progress', ({ object, done, size }) => {
        if (this.#transfer(object)?.state === 'running') this.#set(object, { state: 'running', done, size })
      }),
      replica.on('replica.changed', ({ outbox }) => {
        if (outbox !== null) this.follow(outbox)
      }),
      store.subscribe((state, before) => {
        if (state.connection === 'online' && before.connection !== 'online') this.#retryAsked()
      }),
    ]
  }

  stop(): void {
    this.#auto.stop()
    for (const unsubscribe of this.#unsubscribes) unsubscribe()
    for (const object of [...this.#uploading, ...this.#downloads.keys()]) this.#stop(object)
    this.#options.store.setState({ transfers: new Map(), listed: new Map() })
  }

  isPaused(object: ObjectId): boolean {
    return this.#paused.has(object)
  }

  /** Stops a transfer until `resume`. What has been transferred is kept. */
  pause(object: ObjectId): void {
    const transfer = this.#transfer(object)
    if (transfer?.state !== 'running' && transfer?.state !== 'waiting') return
    this.#paused.add(object)
    this.#set(object, { ...transfer, state: 'paused' })
    this.#stop(object)
  }

  resume(object: ObjectId): void {
    const transfer = this.#transfer(object)
    if (!this.#paused.delete(object)) return
    const listed = this.#options.store.getState().listed.get(object)
    if (listed?.direction === 'down') {
      void this.#resumeDownload(object, listed)
      return
    }
    if (transfer?.state === 'paused') this.#set(object, { ...transfer, state: 'waiting' })
    this.#options.onResume()
  }

  /** Shows the uploads that wait in the outbox, and stops those of deleted messages. */
  follow(intents: readonly Intent[]): void {
    const waiting = intents.flatMap((intent) => (intent.kind === 'upload' ? [intent.payload] : []))
    const wanted = new Set(waiting.map(({ object }) => object))
    for (const object of this.#uploads) if (!wanted.has(object)) this.#discard(object)
    for (const object of this.#finished) if (!wanted.has(object)) this.#finished.delete(object)
    for (const file of waiting) {
      const { object } = file
      if (!this.#uploads.has(object) && !this.#finished.has(object)) this.#addUpload(file)
    }
  }

  /** Rejects with the WireError `offline` when the upload is to be continued later. */
  async upload(file: Upload): Promise<Outcome> {
    const { place, object, sha256, mime, size } = file
    this.#finished.delete(object)
    if (!this.#uploads.has(object)) this.#addUpload(file)
    this.#uploading.add(object)
    this.#set(object, { state: 'running', done: doneOf(this.#transfer(object)), size })
    let outcome: UploadOutcome = 'offline'
    try {
      const token = await this.#options.idToken()
      const args = { place, object, sha256, mime, token }
      outcome = (await this.#options.replica.call('media.upload', args)).outcome
    } finally {
      this.#uploading.delete(object)
      this.#settle(object, outcome)
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

  /** A second call for the same object waits for the first. `asked`: the person asked for it, so the list of transfers shows it. */
  async download(place: Place, file: Attachment, asked: boolean): Promise<void> {
    const { object } = file
    const running = this.#downloads.get(object)
    if (running === undefined) {
      this.#cancelled.delete(object)
      this.#paused.delete(object)
    }
    if (asked) this.#list(place, file, 'down')
    await (running ?? this.#startDownload(place, file, asked))
    if (this.#transfer(object) === undefined) this.#unlist(object)
  }

  /** Downloads a file by itself until the returned function is called; also again after it has failed. */
  want(place: Place, file: Attachment): () => void {
    return this.#auto.want(place, file)
  }

  /** Stops a download, or removes one that has failed from the list. */
  cancelDownload(object: ObjectId): void {
    this.#unlist(object)
    if (this.#paused.delete(object)) this.#set(object, undefined)
    if (!this.#downloads.has(object)) return
    this.#cancelled.add(object)
    this.#stop(object)
  }

  /** One that the person has stopped, or that cannot be had, is not downloaded by itself. */
  async #downloadBySelf(place: Place, file: Attachment): Promise<void> {
    const { object } = file
    const transfer = this.#transfer(object)
    const cannotHelp = transfer?.state === 'failed' && transfer.failure !== 'offline'
    if (cannotHelp || this.#cancelled.has(object) || this.#paused.has(object)) return
    await this.download(place, file, false)
  }

  #startDownload(place: Place, file: Attachment, asked: boolean): Promise<void> {
    const { object, size } = file
    this.#set(object, { state: 'running', done: doneOf(this.#transfer(object)), size })
    const download = this.#slots
      .run(() => this.#download(place, file, asked))
      .catch((error: unknown): DownloadOutcome => {
        if (!(error instanceof WireError)) this.#options.report('media.download', error)
        return 'offline'
      })
      .then((outcome) => {
        this.#downloads.delete(object)
        if (outcome === 'stopped' && this.#paused.has(object)) return
        const failure = failures[outcome]
        this.#set(object, failure === null ? undefined : { state: 'failed', failure })
      })
    this.#downloads.set(object, download)
    return download
  }

  async #download(place: Place, file: Attachment, asked: boolean): Promise<DownloadOutcome> {
    const { object, sha256, size } = file
    if (this.#cancelled.has(object) || this.#paused.has(object)) return 'stopped'
    const token = await this.#options.idToken()
    const args = { place, object, sha256, size, token, asked }
    const { outcome } = await this.#options.replica.call('media.download', args)
    if (outcome === 'done') markFiles(this.#options.store, [[sha256, true]])
    return outcome
  }

  async #resumeDownload(object: ObjectId, { chatId, file }: ListedTransfer): Promise<void> {
    // The attempt that was paused may not have ended yet.
    await this.#downloads.get(object)
    await this.download({ chatId }, { ...file, enc: null }, true)
  }

  /** The connection is back: what the person asked for is downloaded without another click. */
  #retryAsked(): void {
    for (const [object, { direction, chatId, file }] of this.#options.store.getState().listed) {
      const transfer = this.#transfer(object)
      if (direction === 'down' && transfer?.state === 'failed' && transfer.failure === 'offline')
        void this.download({ chatId }, { ...file, enc: null }, true)
    }
  }

  #addUpload({ place, ...file }: Upload): void {
    this.#uploads.add(file.object)
    this.#set(file.object, { state: 'waiting', done: 0, size: file.size })
    this.#list(place, file, 'up')
  }

  /** After an attempt to upload. */
  #settle(object: ObjectId, outcome: UploadOutcome): void {
    const transfer = this.#transfer(object)
    const isOver = outcome !== 'offline' && outcome !== 'stopped'
    if (isOver) this.#finished.add(object)
    if (isOver || !this.#uploads.has(object)) this.#forget(object)
    else if (transfer?.state === 'running') this.#set(object, { ...transfer, state: 'waiting' })
  }

  #stop(object: ObjectId): void {
    this.#options.replica
      .call('media.pause', { object })
      .catch((error: unknown) => this.#options.report('media.pause', error))
  }

  /** The upload is over, or its message was deleted. */
  #discard(object: ObjectId): void {
    this.#paused.delete(object)
    this.#uploads.delete(object)
    this.#unlist(object)
    if (this.#uploading.has(object)) this.#stop(object)
    else this.#forget(object)
  }

  #forget(object: ObjectId): void {
    this.#uploads.delete(object)
    this.#unlist(object)
    this.#set(object, undefined)
  }

  #transfer(object: ObjectId): Transfer | undefined {
    return this.#options.store.getState().transfers.get(object)
  }

  #set(object: ObjectId, transfer: Transfer | undefined): void {
    this.#options.store.setState(({ transfers }) => ({ transfers: changed(transfers, object, transfer) }))
  }

  /** Photos of people are not listed. */
  #list(
    place: Place,
    { object, sha256, size, mime }: ListedTransfer['file'],
    direction: 'up' | 'down',
  ): void {
    if (!('chatId' in place)) return
    const listed: ListedTransfer = {
      direction,
      chatId: chatIdSchema.parse(place.chatId),
      file: { object, sha256, size, mime },
    }
    this.#options.store.setState((state) => ({ listed: changed(state.listed, object, listed) }))
  }

  #unlist(object: ObjectId): void {
    const { listed } = this.#options.store.getState()
    if (listed.has(object)) this.#options.store.setState({ listed: changed(listed, object, undefined) })
  }
}

/** A copy with one entry set or removed. */
function changed<V>(
  map: ReadonlyMap<ObjectId, V>,
  object: ObjectId,
  value: V | undefined,
): ReadonlyMap<ObjectId, V> {
  const next = new Map(map)
  if (value === undefined) next.delete(object)
  else next.set(object, value)
  return next
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

/** Notes whether the file is where the person has saved it. */
export function markSaved(store: AppStore, sha256: Sha256, isThere: boolean): void {
  const others = [...store.getState().saved].filter((other) => other !== sha256)
  store.setState({ saved: new Set(isThere ? [...others, sha256] : others) })
}
