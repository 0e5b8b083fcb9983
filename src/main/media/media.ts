import { createHash } from 'node:crypto'
import type { Args, BridgeEvent, Result } from '#shared/bridge/index.ts'
import type { DeleteOutcome, DownloadOutcome, UploadOutcome } from '#shared/bridge/media.ts'
import { STAGED_LIMIT } from '#shared/domain/staged.ts'
import { storagePath } from '#shared/domain/place.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { storedTypeOf, type ObjectId, type Sha256 } from '#shared/messages/attachment.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { AccountHandlers } from '../bridge/dispatcher.ts'
import type { Store } from '../store/store.ts'
import { download } from './download.ts'
import type { Exports } from './exports.ts'
import { eraseMedia, MediaFolder } from './folder.ts'
import { Imports } from './imports.ts'
import { importPath, nameOf } from './import-path.ts'
import { createProgress, type ReportProgress } from './progress.ts'
import { respond } from './respond.ts'
import { StorageError, type Storage, type Target } from './storage.ts'
import { TotalProgress, type Total } from './total-progress.ts'
import { Traffic } from './traffic.ts'
import { upload } from './upload.ts'

/** The last use of a file is written at most this often, in ms. */
const USE_INTERVAL_MS = 3_600_000

type MediaMethod = Extract<keyof AccountHandlers, `media.${string}`>

export interface MediaOptions {
  /** Holds one folder per account. */
  directory: string
  store: Store
  storage: Storage
  exports: Exports
  /** Files that can be fetched again are evicted, the least recently used first, when all take more than this. In bytes. */
  limit: () => number
  /** Returns the paths of files that the person has opened with the app, each once. */
  takeOpened: () => string[]
  send: (event: BridgeEvent) => void
  /** How far the transfers are that the person waits for. */
  onTotal: (total: Total) => void
  log: (event: string, error: unknown) => void
}

/** The files of the open account: on the disk, and on their way from and to Storage. */
export interface Media {
  handlers: Pick<AccountHandlers, MediaMethod>
  /** The replica of the account is open. */
  open(account: UserId): void
  /** Stops everything of the account. */
  close(account: UserId): Promise<void>
  /** Deletes the account's files, at the next start if another program holds one. */
  erase(account: UserId): Promise<void>
  /** The page is gone: nobody will finish its imports. */
  abortImports(): Promise<void>
  isUploading(): boolean
  /** The limit may be lower now. */
  settingsChanged(): void
  /** Answers a request for a file. */
  respond(request: Request): Promise<Response>
}

interface Transfer {
  object: ObjectId
  isUpload: boolean
  controller: AbortController
  outcome: Promise<unknown>
}

interface TransferStart extends Pick<Transfer, 'object' | 'isUpload'> {
  key: string
  /** The person waits for it, so the taskbar shows it. */
  isAsked: boolean
  /** Bytes; 0: not known yet. */
  size: number
}

interface OpenAccount {
  account: UserId
  folder: MediaFolder
  imports: Imports
  storage: Storage
  traffic: Traffic
  /** By what is transferred: direction, place, object and SHA-256. */
  transfers: Map<string, Transfer>
  /** When the last use of a file was written, in ms. */
  used: Map<Sha256, number>
  /** The folder and the table agree. */
  ready: Promise<void>
  /** Ends when no file is being deleted. Until then the same bytes must not come back, or they would be deleted too. Never rejects. */
  removing: Promise<void>
  /** What uses the folder. It ends before the account is closed, so that nothing is written to a folder that was deleted. */
  running: Set<Promise<unknown>>
}

export function createMedia(options: MediaOptions): Media {
  const { directory, store, storage, exports, limit, takeOpened, send, onTotal, log } = options
  let opened: OpenAccount | undefined
  const total = new TotalProgress(onTotal)

  /** Makes the folder and the table agree, which an interrupted run may not have done. */
  async function reconcile(account: UserId, folder: MediaFolder): Promise<void> {
    const [found, known] = await Promise.all([folder.sweep(), store.call(account, 'files.all', undefined)])
    const lost = known.filter(({ sha256, size }) => found.get(sha256) !== size)
    if (lost.length > 0)
      await store.call(
        account,
        'files.remove',
        lost.map(({ sha256 }) => sha256),
      )
    for (const { sha256, size } of known) if (found.get(sha256) === size) found.delete(sha256)
    await folder.remove([...found.keys()])
  }

  function open(account: UserId): void {
    if (opened?.account === account) return
    if (opened !== undefined) void close(opened.account)
    const folder = new MediaFolder(directory, account)
    const ready = reconcile(account, folder).catch((error: unknown) => log('media.reconcile', error))
    const traffic = new Traffic((counted) =>
      store.call(account, 'traffic.add', counted).catch((error: unknown) => log('media.traffic', error)),
    )
    opened = {
      account,
      folder,
      imports: new Imports(folder),
      storage: traffic.count(storage),
      traffic,
      transfers: new Map(),
      used: new Map(),
      ready,
      removing: Promise.resolve(),
      running: new Set(),
    }
  }

  async function close(account: UserId): Promise<void> {
    if (opened?.account !== account) return
    const { imports, traffic, transfers, running, ready } = opened
    opened = undefined
    for (const { controller } of transfers.values()) controller.abort()
    await Promise.allSettled([ready, ...running])
    await traffic.flush()
    await imports.abortAll()
  }

  async function required(account: UserId): Promise<OpenAccount> {
    if (opened?.account !== account) throw new BridgeError('no-account', 'this account is not open')
    const found = opened
    await found.ready
    if (opened !== found) throw new BridgeError('no-account', 'this account was closed')
    return found
  }

  /** Runs something that uses the folder of the open account. */
  async function withFolder<T>(account: UserId, run: (current: OpenAccount) => Promise<T>): Promise<T> {
    const current = await required(account)
    const work = run(current)
    current.running.add(work)
    try {
      return await work
    } finally {
      current.running.delete(work)
    }
  }

  async function add(current: OpenAccount, sha256: Sha256, size: number): Promise<void> {
    const file = { sha256, size, quota: limit() }
    await remove(current, () => store.call(current.account, 'files.add', file))
  }

  /**
   * Deletes the files whose rows `forget` removes, and tells the page. One removal after the other. What cannot be deleted now is
   * deleted at the next start.
   */
  async function remove(current: OpenAccount, forget: () => Promise<Sha256[]>): Promise<void> {
    const { account, folder } = current
    const removal = current.removing.then(async () => {
      const sha256s = await forget()
      await folder.remove(sha256s).catch((error: unknown) => log('media.remove', error))
      return sha256s
    })
    current.removing = removal.then(
      () => undefined,
      () => undefined,
    )
    const sha256s = await removal
    if (sha256s.length > 0) send({ account, name: 'media.removed', payload: { sha256s } })
  }

  async function free(
    current: OpenAccount,
    { chatId }: Args<'media.free'>,
  ): Promise<{ files: number; size: number }> {
    let freed = { files: 0, size: 0 }
    await remove(current, async () => {
      const { sha256s, size } = await store.call(current.account, 'files.free', { chatId })
      freed = { files: sha256s.length, size }
      return sha256s
    })
    return freed
  }

  function evict(current: OpenAccount): Promise<void> {
    return remove(current, () => store.call(current.account, 'files.evict', { quota: limit() }))
  }

  async function has({ account, folder }: OpenAccount, sha256: Sha256): Promise<boolean> {
    const [file] = await store.call(account, 'files.find', [sha256])
    return file !== undefined && (await folder.sizeOf(sha256)) === file.size
  }

  /** The outcome of the same transfer, if it runs already. Rejects only when the store fails. */
  function transfer<O extends UploadOutcome | DownloadOutcome>(
    { account, traffic, transfers }: OpenAccount,
    { key, object, isUpload, isAsked, size }: TransferStart,
    run: (signal: AbortSignal, onProgress: ReportProgress) => Promise<O>,
  ): Promise<O> {
    const running = transfers.get(key)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key contains the direction, so the outcomes have one type
    if (running !== undefined) return running.outcome as Promise<O>
    const controller = new AbortController()
    const onProgress = createProgress((done, size) => {
      send({ account, name: 'media.progress', payload: { object, done, size } })
      if (isAsked) total.update(key, { done, size })
    })
    if (isAsked) total.update(key, { done: 0, size })
    const outcome = run(controller.signal, onProgress).finally(() => transfers.delete(key))
    transfers.set(key, { object, isUpload, controller, outcome })
    const end = (failed: boolean): void => {
      total.end(key, failed)
      void traffic.flush()
    }
    outcome.then(
      (ended) => end(hasFailed(ended, isUpload)),
      () => end(true),
    )
    return outcome
  }

  /** Uses a file that is here, for something outside of the app. */
  async function take(account: UserId, sha256: Sha256): Promise<string | undefined> {
    const current = await required(account)
    return (await has(current, sha256)) ? current.folder.pathOf(sha256) : undefined
  }

  /** Notes that a file was used, so that it is not evicted soon. */
  function use({ account, used }: OpenAccount, sha256: Sha256): void {
    const now = Date.now()
    if (now - (used.get(sha256) ?? 0) < USE_INTERVAL_MS) return
    used.set(sha256, now)
    store.call(account, 'files.use', sha256).catch((error: unknown) => log('media.use', error))
  }

  function startUpload(
    current: OpenAccount,
    { place, object, sha256, mime, token }: Args<'media.upload'>,
  ): Promise<UploadOutcome> {
    const { account, folder, storage: counted } = current
    const target: Target = { place, object, token }
    const subject = { key: keyOf('upload', target, sha256), object, isUpload: true, isAsked: true, size: 0 }
    return transfer(current, subject, async (signal, onProgress) =>
      upload({
        storage: counted,
        target,
        path: folder.pathOf(sha256),
        mime: storedTypeOf(mime),
        owner: account,
        session: await store.call(account, 'uploads.session', object),
        saveSession: (session) => store.call(account, 'uploads.setSession', { object, place, session }),
        onProgress,
        signal,
      }),
    )
  }

  async function startDownload(
    current: OpenAccount,
    { place, object, sha256, size, token, asked }: Args<'media.download'>,
  ): Promise<DownloadOutcome> {
    if (await has(current, sha256)) return 'done'
    await current.removing
    const { folder, storage: counted } = current
    const target: Target = { place, object, token }
    const key = keyOf('download', target, sha256)
    const part = createHash('sha256').update(key).digest('hex')
    const expected = { sha256, size }
    const subject = { key, object, isUpload: false, isAsked: asked, size }
    return transfer(current, subject, async (signal, onProgress) => {
      const outcome = await download({ storage: counted, folder, part, target, expected, onProgress, signal })
      if (outcome === 'done') await add(current, sha256, size)
      return outcome
    })
  }

  /** A failure other than a denial is worth a retry. */
  async function deleteObject(target: Target): Promise<DeleteOutcome> {
    try {
      await storage.remove(target)
      return 'done'
    } catch (error) {
      if (error instanceof StorageError && error.reason === 'denied') return 'denied'
      log('media.delete', error)
      return 'offline'
    }
  }

  /** Nothing refers to these files any more. If this fails, the next start deletes them. */
  store.onFreed((account, sha256s) => {
    withFolder(account, (current) => remove(current, () => Promise.resolve([...sha256s]))).catch(
      (error: unknown) => log('media.free', error),
    )
  })

  /** Copies the files that the person has opened with the app, as many as can be staged. */
  async function importOpened(current: OpenAccount): Promise<Result<'media.takeOpened'>> {
    const files: Result<'media.takeOpened'> = []
    let room = STAGED_LIMIT
    for (const path of takeOpened()) {
      const name = nameOf(path)
      const copied =
        room === 0 ? { problem: 'tooMany' as const, size: 0 } : await importPath(current.imports, path)
      files.push({ name, ...copied })
      if (!('sha256' in copied)) continue
      room -= 1
      await add(current, copied.sha256, copied.size)
    }
    return files
  }

  const handlers: Media['handlers'] = {
    'media.begin': ({ size }, account) =>
      withFolder(account, async ({ imports }) => ({ handle: await imports.begin(size) })),
    'media.append': ({ handle, bytes }, account) =>
      withFolder(account, ({ imports }) => imports.append(handle, bytes)),
    'media.finish': ({ handle }, account) =>
      withFolder(account, async (current) => {
        await current.removing
        const file = await current.imports.finish(handle)
        await add(current, file.sha256, file.size)
        return file
      }),
    'media.abort': ({ handle }, account) => withFolder(account, ({ imports }) => imports.abort(handle)),
    'media.takeOpened': (_args, account) => withFolder(account, importOpened),
    async 'media.has'({ sha256s }, account) {
      await required(account)
      return (await store.call(account, 'files.find', sha256s)).map(({ sha256 }) => sha256)
    },
    async 'media.keep'(file, account) {
      await store.call(account, 'files.keep', file)
    },
    'media.free': (which, account) => withFolder(account, (current) => free(current, which)),
    'media.upload': (file, account) =>
      withFolder(account, async (current) => ({ outcome: await startUpload(current, file) })),
    'media.download': (file, account) =>
      withFolder(account, async (current) => ({ outcome: await startDownload(current, file) })),
    'media.delete': async (target, account) => {
      await required(account)
      return { outcome: await deleteObject(target) }
    },
    async 'media.pause'({ object }, account) {
      for (const transfer of (await required(account)).transfers.values())
        if (transfer.object === object) transfer.controller.abort()
    },
    async 'media.saveAs'({ sha256, name }, account) {
      const path = await take(account, sha256)
      return path === undefined ? 'missing' : exports.saveAs(path, name)
    },
    async 'media.showSaved'({ sha256 }, account) {
      const { folder } = await required(account)
      return exports.showSaved(folder.pathOf(sha256))
    },
    async 'media.copyImage'({ sha256 }, account) {
      const path = await take(account, sha256)
      return path === undefined ? 'missing' : exports.copyImage(path)
    },
    async 'media.dragOut'({ sha256, name }, account) {
      const path = await take(account, sha256)
      return { outcome: path === undefined ? 'missing' : await exports.dragOut(path, name) }
    },
    async 'media.open'({ sha256, name }, account) {
      const path = await take(account, sha256)
      return path === undefined ? 'missing' : exports.open(path, name)
    },
  }

  return {
    handlers,
    open,
    close,
    async erase(account) {
      await close(account)
      await exports.clear()
      try {
        eraseMedia(directory, account)
      } catch (error) {
        // Another program holds a file. The next start deletes the folder, because it has no replica any more.
        log('media.not-erased', error)
      }
    },
    async abortImports() {
      await opened?.imports.abortAll()
    },
    isUploading: () => [...(opened?.transfers.values() ?? [])].some(({ isUpload }) => isUpload),
    settingsChanged() {
      if (opened === undefined) return
      withFolder(opened.account, evict).catch((error: unknown) => log('media.evict', error))
    },
    respond(request) {
      const current = opened
      return respond(request, (sha256) => {
        if (current === undefined) return undefined
        use(current, sha256)
        return current.folder.pathOf(sha256)
      })
    },
  }
}

/** Whether the person should know. An upload without a connection goes on by itself. */
function hasFailed(outcome: UploadOutcome | DownloadOutcome, isUpload: boolean): boolean {
  if (outcome === 'done' || outcome === 'stopped') return false
  return !(isUpload && outcome === 'offline')
}

function keyOf(direction: string, { place, object }: Target, sha256: Sha256): string {
  return `${direction} ${storagePath(place, object)} ${sha256}`
}
