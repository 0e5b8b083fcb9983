import { sha256Schema, type ObjectId, type Sha256 } from '#shared/messages/attachment.ts'
import { AppError, type MediaService, type StoredFile } from '../../../src/renderer/services/services.ts'
import { markFiles, markSaved } from '../../../src/renderer/services/media/transfers.ts'
import { beep } from './fake-voice.ts'
import type { AppStore } from '../../../src/renderer/stores/app-store.ts'
import type { Transfer } from '../../../src/renderer/stores/transfers.ts'

export interface MediaControls {
  /** The URL of a file, where it is not the usual drawn picture. */
  urls: Map<Sha256, string>
  /** What the person keeps. */
  kept: Set<Sha256>
  /** Whether `importFile` rejects with `diskFull`. */
  diskFull: boolean
}

/**
 * Files that exist only in the page. What was imported shows as itself, any other file as a drawn picture. A download succeeds at
 * once, unless the scenario has set the transfer to `failed`.
 */
export function fakeMedia(
  store: AppStore,
  record: (name: string, ...args: unknown[]) => void,
): { service: MediaService; url: (sha256: Sha256, mime: string) => string; controls: MediaControls } {
  const controls: MediaControls = { urls: new Map(), kept: new Set(), diskFull: false }
  const keepBytes = async (parts: BlobPart[], type: string): Promise<StoredFile> => {
    if (controls.diskFull) throw new AppError('diskFull')
    const file = new Blob(parts, { type })
    const sha256 = await hashOf(file)
    controls.urls.set(sha256, URL.createObjectURL(file))
    markFiles(store, [[sha256, true]])
    return { sha256, size: file.size }
  }
  const setTransfer = (object: ObjectId, change: (transfer: Transfer) => Transfer | undefined): void =>
    store.setState(({ transfers }) => {
      const before = transfers.get(object)
      const after = before && change(before)
      const next = new Map(transfers)
      if (after === undefined) next.delete(object)
      else next.set(object, after)
      return { transfers: next }
    })

  const service: MediaService = {
    async importFile(file, { signal, onProgress } = {}) {
      signal?.throwIfAborted()
      const stored = await keepBytes([file], file.type)
      onProgress?.(file.size)
      record('importFile', stored.size)
      return stored
    },
    async beginImport() {
      const parts: BlobPart[] = []
      await Promise.resolve()
      return {
        async append(bytes) {
          parts.push(bytes)
          await Promise.resolve()
        },
        finish: () => keepBytes(parts, ''),
        async abort() {
          record('abortImport')
          await Promise.resolve()
        },
      }
    },
    look: (sha256) => record('look', sha256),
    async download(place, file) {
      record('download', place, file.object)
      await Promise.resolve()
      if (store.getState().transfers.get(file.object)?.state === 'failed') return
      markFiles(store, [[file.sha256, true]])
    },
    want(place, file) {
      void service.download(place, file)
      return () => undefined
    },
    fetch: (_, file) => Promise.resolve(store.getState().files.get(file.sha256) === true),
    cancelDownload(object) {
      record('cancelDownload', object)
      setTransfer(object, () => undefined)
      store.setState(({ listed }) => ({ listed: new Map([...listed].filter(([key]) => key !== object)) }))
    },
    pause(object) {
      record('pause', object)
      setTransfer(object, (transfer) =>
        transfer.state === 'failed' ? transfer : { ...transfer, state: 'paused' },
      )
    },
    resume(object) {
      record('resume', object)
      setTransfer(object, (transfer) =>
        transfer.state === 'paused' ? { ...transfer, state: 'running' } : transfer,
      )
    },
    async keep(sha256, kept) {
      record('keep', sha256, kept)
      if (kept) controls.kept.add(sha256)
      else controls.kept.delete(sha256)
      await Promise.resolve()
    },
    async saveAs(sha256, name) {
      record('saveAs', sha256, name)
      markSaved(store, sha256, true)
      return Promise.resolve('done')
    },
    async showSaved(sha256) {
      record('showSaved', sha256)
      return Promise.resolve(true)
    },
    async takeOpened() {
      await Promise.resolve()
      return {
        files: ['Beach.txt', 'خطة.txt'].map((name) => new File([name], name, { type: 'text/plain' })),
        refused: [{ name: 'Holiday', size: 0, problem: 'folder' }],
      }
    },
    async dragOut(sha256, name) {
      record('dragOut', sha256, name)
      return Promise.resolve('done')
    },
    async copyImage(sha256) {
      record('copyImage', sha256)
      return Promise.resolve('done')
    },
    async open(sha256, name) {
      record('openFile', sha256, name)
      return Promise.resolve('done')
    },
  }
  const drawn = (sha256: Sha256): string => (sha256.startsWith('bad') ? BROKEN_PICTURE : drawnPicture(sha256))
  const urlOf = (sha256: Sha256, mime: string): string =>
    controls.urls.get(sha256) ?? (mime.startsWith('audio/') ? playedSound() : drawn(sha256))
  return { service, url: urlOf, controls }
}

/** The picture of a file whose SHA-256 starts with `bad`. */
const BROKEN_PICTURE = 'data:image/png;base64,AAAA'

async function hashOf(file: Blob): Promise<Sha256> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return sha256Schema.parse(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''))
}

/** A tone of three seconds. */
function playedSound(): string {
  return URL.createObjectURL(new Blob([beep(3)], { type: 'audio/wav' }))
}

/** A landscape in the colours of the hash. */
function drawnPicture(sha256: Sha256): string {
  const hue = Number.parseInt(sha256.slice(0, 4), 16) % 360
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 120" preserveAspectRatio="xMidYMid slice">
    <rect width="160" height="120" fill="hsl(${String(hue)} 70% 75%)"/>
    <circle cx="120" cy="32" r="14" fill="hsl(${String((hue + 60) % 360)} 90% 85%)"/>
    <path d="M0 90 50 40 90 80 120 55 160 95V120H0z" fill="hsl(${String((hue + 180) % 360)} 40% 40%)"/>
  </svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
