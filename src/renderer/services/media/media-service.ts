import { HAS_LIMIT, PART_LIMIT, type ExportOutcome } from '#shared/bridge/media.ts'
import { mimeOfName } from '#shared/domain/file-name.ts'
import type { Place } from '#shared/domain/place.ts'
import type { Attachment, Sha256 } from '#shared/messages/attachment.ts'
import { BridgeError, type AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { RefusedFile } from '../../stores/staging.ts'
import { attempt } from '../app/errors.ts'
import type { Report } from '../app/report.ts'
import { currentReplica } from '../replica/current-replica.ts'
import { AppError, type FileImport, type MediaService, type StoredFile } from '../services.ts'
import type { CurrentAccount } from '../session/account-session.ts'
import { markFiles, markSaved } from './transfers.ts'

export interface MediaServiceOptions {
  account: CurrentAccount
  store: AppStore
  report: Report
  /** Returns the bytes of a file of this machine. */
  read: (sha256: Sha256, mime: string) => Promise<Blob>
  /** Returns a picture as a PNG file; null: it cannot be decoded. */
  toPng: (picture: Blob) => Promise<Blob | null>
}

export function createMediaService({
  account,
  store,
  report,
  read,
  toPng,
}: MediaServiceOptions): MediaService {
  const replica = (): AccountBridge => currentReplica(account)
  const look = createLook(account, store, report)

  async function begin(size: number | null): Promise<FileImport> {
    const bridge = replica()
    const { handle } = await bridge.call('media.begin', { size })
    return {
      append: (bytes) =>
        attempt(async () => {
          for (let at = 0; at < bytes.byteLength; at += PART_LIMIT)
            await bridge.call('media.append', { handle, bytes: bytes.subarray(at, at + PART_LIMIT) })
        }),
      finish: () =>
        attempt(async () => {
          const stored: StoredFile = await bridge.call('media.finish', { handle })
          markFiles(store, [[stored.sha256, true]])
          return stored
        }),
      abort: () =>
        bridge.call('media.abort', { handle }).catch((error: unknown) => report('media.abort', error)),
    }
  }

  async function download(place: Place, file: Attachment, { asked = false } = {}): Promise<void> {
    try {
      const live = await account()?.whenLive()
      await live?.transfers.download(place, file, asked)
    } catch (error) {
      // Without the server nothing was started: the person can try again.
      store.setState(({ transfers }) => ({
        transfers: new Map(transfers).set(file.object, { state: 'failed', failure: 'offline' }),
      }))
      report('media.download', error)
    }
  }

  const importFile: MediaService['importFile'] = async (file, { signal, onProgress } = {}) => {
    signal?.throwIfAborted()
    const target = await attempt(() => begin(file.size))
    try {
      for await (const { bytes, done } of partsOf(file)) {
        signal?.throwIfAborted()
        await target.append(bytes)
        onProgress?.(done)
      }
      return await target.finish()
    } catch (error) {
      await target.abort()
      throw error
    }
  }

  /** Main decodes JPEG and PNG only. Of any other picture it gets a PNG file, which is evicted like any file that nobody uses. */
  async function copyImage(sha256: Sha256, mime: string): Promise<ExportOutcome> {
    const copy = (file: Sha256): Promise<ExportOutcome> => replica().call('media.copyImage', { sha256: file })
    try {
      return await copy(sha256)
    } catch (error) {
      if (!(error instanceof BridgeError && error.code === 'refused')) throw error
    }
    const png = await toPng(await read(sha256, mime))
    if (png === null) throw new AppError('unreadable')
    return copy((await importFile(png)).sha256)
  }

  async function takeOpened(): ReturnType<MediaService['takeOpened']> {
    const files: File[] = []
    const refused: RefusedFile[] = []
    for (const opened of await replica().call('media.takeOpened')) {
      if ('problem' in opened) {
        refused.push(opened)
        continue
      }
      const { name, sha256 } = opened
      const type = mimeOfName(name)
      files.push(new File([await read(sha256, type)], name, { type }))
    }
    return { files, refused }
  }

  return {
    takeOpened: () => attempt(takeOpened),
    beginImport: () => attempt(() => begin(null)),
    importFile,
    look,
    want: (place, file) =>
      account()?.whileLive(({ transfers }) => transfers.want(place, file)) ?? (() => undefined),
    download,
    fetch: (place, file) =>
      attempt(async () => {
        const isHere = async (): Promise<boolean> =>
          (await replica().call('media.has', { sha256s: [file.sha256] })).length > 0
        if (await isHere()) return true
        await download(place, file)
        return isHere()
      }),
    cancelDownload: (object) => account()?.live?.transfers.cancelDownload(object),
    pause: (object) => account()?.live?.transfers.pause(object),
    resume: (object) => account()?.live?.transfers.resume(object),
    keep: (sha256, kept) => attempt(() => replica().call('media.keep', { sha256, kept })),
    async saveAs(sha256, name) {
      const outcome = await attempt(() => replica().call('media.saveAs', { sha256, name }))
      if (outcome === 'done') markSaved(store, sha256, true)
      return outcome
    },
    async showSaved(sha256) {
      const isThere = await attempt(() => replica().call('media.showSaved', { sha256 }))
      if (!isThere) markSaved(store, sha256, false)
      return isThere
    },
    copyImage: (sha256, mime) => attempt(() => copyImage(sha256, mime)),
    async dragOut(sha256, name) {
      return (await attempt(() => replica().call('media.dragOut', { sha256, name }))).outcome
    },
    open: (sha256, name) => attempt(() => replica().call('media.open', { sha256, name })),
  }
}

/** The bytes of a file, part by part. The next part is read while main stores the one before. */
async function* partsOf(file: Blob): AsyncGenerator<{ bytes: Uint8Array<ArrayBuffer>; done: number }> {
  const read = (at: number): Promise<ArrayBuffer> => {
    const part = file.slice(at, at + PART_LIMIT).arrayBuffer()
    // A rejection is handled when the part's turn has come.
    part.catch(() => undefined)
    return part
  }
  let next = read(0)
  for (let at = 0; at < file.size; at += PART_LIMIT) {
    const bytes = new Uint8Array(await readable(next))
    next = read(at + PART_LIMIT)
    yield { bytes, done: at + bytes.byteLength }
  }
}

async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    throw new AppError('unreadable', { cause })
  }
}

/** Collects the files that are asked for in one moment, and asks main once. */
function createLook(account: CurrentAccount, store: AppStore, report: Report): (sha256: Sha256) => void {
  const waiting = new Set<Sha256>()

  async function ask(): Promise<void> {
    const asked = [...waiting]
    waiting.clear()
    const bridge = account()?.replica
    if (bridge === undefined) return
    try {
      for (let at = 0; at < asked.length; at += HAS_LIMIT) {
        const sha256s = asked.slice(at, at + HAS_LIMIT)
        const here = new Set(await bridge.call('media.has', { sha256s }))
        markFiles(
          store,
          sha256s.map((sha256) => [sha256, here.has(sha256)]),
        )
      }
    } catch (error) {
      // Another account is open by now, or the store restarts: then everything is asked for again.
      if (!(error instanceof BridgeError && error.code === 'no-account')) report('media.has', error)
    }
  }

  return (sha256) => {
    if (waiting.size === 0) queueMicrotask(() => void ask())
    waiting.add(sha256)
  }
}
