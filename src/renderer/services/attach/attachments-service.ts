import type { ChatId } from '#shared/domain/ids.ts'
import { STAGED_LIMIT, type PhotoEdit, type StagedItem } from '#shared/domain/staged.ts'
import { fromMarkedText, toMarkedText, toSentText } from '#shared/messages/mentions.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { storedStaging, waitingEntries, type StagedEntry, type Staging } from '../../stores/staging.ts'
import type { Report } from '../app/report.ts'
import { AppError, type AttachmentsService, type ConversationService } from '../services.ts'
import type { FileKeeper } from './file-keeper.ts'
import { checkFiles, mimeOf, sentName } from './file-problem.ts'
import { limited } from './limited.ts'
import type { PdfCover } from './pdf-pages.ts'
import type { PhotoRenderer, PhotoTask } from './photo-tasks.ts'
import { longestSide, unedited } from './picture-geometry.ts'
import { albumOf, stagedBody, type Caption, type Prepared } from './staged-body.ts'
import { dataUrlOf, FileError, readFile, type FileReading } from './staged-file.ts'

export interface AttachmentsOptions {
  store: AppStore
  conversation: Pick<ConversationService, 'send' | 'draft' | 'setDraft' | 'setStaged'>
  files: FileKeeper
  photos: PhotoRenderer
  drawCover: PdfCover
  report: Report
}

/** Longest side of the pictures in the sheet, and of the one that is cropped, in pixels. */
const PREVIEW_SIDE = 360
const CROP_SIDE = 1200
/** Files that are copied at the same time. */
const COPIES = 2

export function createAttachmentsService(options: AttachmentsOptions): AttachmentsService {
  return new Attachments(options)
}

class Attachments implements AttachmentsService {
  readonly #options: AttachmentsOptions
  readonly #copying = limited(COPIES)
  /** By id of an entry: stops reading its file. */
  readonly #reading = new Map<string, AbortController>()

  constructor(options: AttachmentsOptions) {
    this.#options = options
    options.store.subscribe(({ session }, before) => {
      if (session !== before.session && session.phase !== 'ready') this.#forget()
    })
  }

  add(chatId: ChatId, picked: Parameters<AttachmentsService['add']>[1]): void {
    const staged = this.#staging(chatId)
    const checked = checkFiles(picked, staged.entries.length)
    const refused = checked.flatMap(({ file: { name, size }, problem }) =>
      problem === null ? [] : [{ name, size, problem }],
    )
    const accepted = checked.flatMap(({ file, problem }) => {
      if (problem !== null) return []
      const name = sentName(file.name, 'file')
      const entry = {
        id: crypto.randomUUID(),
        name,
        size: file.size,
        item: null,
        preview: null,
        sending: false,
      }
      return { file, entry }
    })
    this.#set(chatId, {
      entries: [...staged.entries, ...accepted.map(({ entry }) => entry)],
      refused: [...staged.refused, ...refused],
      open: true,
    })
    this.#showPreviews(chatId)
    for (const { file, entry } of accepted) void this.#take(chatId, entry, file)
  }

  show(chatId: ChatId): void {
    this.#set(chatId, { ...this.#staging(chatId), open: true })
    this.#showPreviews(chatId)
  }

  hide(chatId: ChatId): void {
    this.#set(chatId, { ...this.#staging(chatId), open: false, refused: [] })
  }

  change(chatId: ChatId, change: Parameters<AttachmentsService['change']>[1]): void {
    const before = this.#staging(chatId)
    const sending = before.entries.filter((entry) => entry.sending)
    const entries = [...sending, ...change(waitingEntries(before))].slice(0, STAGED_LIMIT)
    const kept = new Set(entries.map(({ id }) => id))
    for (const { id } of before.entries) if (!kept.has(id)) this.#reading.get(id)?.abort()
    this.#set(chatId, { ...before, entries })
    void this.#save(chatId)
    this.#showPreviews(chatId)
  }

  async uncropped(item: StagedItem): Promise<string | null> {
    const edit = { turns: item.edit?.turns ?? 0, crop: null }
    return this.#picture(item, edit, CROP_SIDE)
  }

  async send(chatId: ChatId, caption: Caption): Promise<void> {
    const batch = waitingEntries(this.#staging(chatId)).filter(({ item }) => item !== null)
    if (batch.length === 0) return
    const ids = new Set(batch.map(({ id }) => id))
    try {
      await this.#takeCaption(chatId, batch, caption)
      this.#patchEach(chatId, (entry) => (ids.has(entry.id) ? { sending: true } : {}))
      this.#set(chatId, { ...this.#staging(chatId), open: false, refused: [] })
      await this.#sendEach(chatId, ids)
    } catch (error) {
      this.#options.report('attach.send', error)
      this.#patchEach(chatId, (entry) => (ids.has(entry.id) ? { sending: false } : {}))
      throw new AppError('storage', { cause: error })
    }
  }

  /**
   * Moves the text of the composer into the first item, durably, before the draft is cleared. If the item has a caption of its own,
   * the text becomes a message before it.
   */
  async #takeCaption(chatId: ChatId, [first]: readonly StagedEntry[], caption: Caption): Promise<void> {
    if (first?.item == null || caption.text.trim() === '') return
    if (first.item.caption !== '') {
      await this.#options.conversation.send(chatId, { kind: 'text', ...toSentText(caption) })
      return
    }
    const item = { ...first.item, caption: toMarkedText(caption) }
    this.#patchEach(chatId, ({ id }) => (id === item.id ? { item } : {}))
    await this.#save(chatId, { mustSucceed: true })
    this.#options.conversation.setDraft(chatId, '')
  }

  /** Sends the entries in their order. Each leaves the staged ones once its message is stored. */
  async #sendEach(chatId: ChatId, ids: ReadonlySet<string>): Promise<void> {
    const entries = this.#staging(chatId).entries.filter(({ id }) => ids.has(id))
    const items = entries.flatMap(({ item }) => item ?? [])
    const album = albumOf(items)
    // All start now, and the renderer limits how many run at once. A failure is handled when its turn comes.
    const preparing = items.map((item) => ({ item, prepared: this.#prepare(item).catch(() => null) }))
    for (const { item, prepared: promise } of preparing) {
      const prepared = await promise
      if (prepared === null) {
        this.#refuse(chatId, item, 'unprepared')
        this.#patchEach(chatId, ({ id }) => (id === item.id ? { sending: false } : {}))
        this.#set(chatId, { ...this.#staging(chatId), open: true })
        continue
      }
      await this.#sendKeepingDraft(
        chatId,
        item,
        stagedBody(item, prepared, fromMarkedText(item.caption), album),
      )
      this.#set(chatId, without(this.#staging(chatId), item.id))
      await this.#save(chatId)
    }
  }

  /** A message with a caption clears the draft. But the draft is what the person has typed since. */
  async #sendKeepingDraft(
    chatId: ChatId,
    item: StagedItem,
    body: ReturnType<typeof stagedBody>,
  ): Promise<void> {
    const { conversation } = this.#options
    const typed = conversation.draft(chatId) ?? ''
    const sent = conversation.send(chatId, body, item)
    if (typed !== '') conversation.setDraft(chatId, typed)
    await sent
  }

  async #prepare(item: StagedItem): Promise<Prepared | null> {
    const { width, height, hash, sha256, size, mime } = item
    const unchanged = { sha256, size, mime, width: width ?? 1, height: height ?? 1, hash }
    if (!isRendered(item)) return unchanged
    const { files, photos } = this.#options
    const quality = item.quality ?? 'standard'
    const photo = await photos.render({
      source: await files.read(sha256, mime),
      edit: item.edit ?? unedited,
      longest: longestSide[quality],
      use: encodingOf(item),
    })
    if (photo === null) return null
    const kept = await files.keep(photo.bytes)
    return { ...kept, mime: photo.bytes.type, width: photo.width, height: photo.height, hash: photo.hash }
  }

  /** Reads a file in. Its preview appears as soon as it is drawn; the item follows when the bytes are on the disk. */
  async #take(chatId: ChatId, { id, name }: StagedEntry, file: File): Promise<void> {
    const controller = new AbortController()
    this.#reading.set(id, controller)
    const { files, photos, drawCover } = this.#options
    const reading: FileReading = {
      file,
      copy: () => this.#copying(() => files.keep(file, controller.signal)),
      render: (source) => photos.render({ source, edit: unedited, longest: PREVIEW_SIDE, use: 'preview' }),
      readVideo: (sha256) => files.readVideo(sha256, mimeOf(file)),
      drawCover,
      onPreview: (preview) => this.#patchEach(chatId, (entry) => (entry.id === id ? { preview } : {})),
    }
    try {
      const { isHuge, ...facts } = await readFile(reading)
      if (controller.signal.aborted) return
      const item: StagedItem = { id, name, caption: '', asFile: false, ...facts }
      this.#patchEach(chatId, (entry) => (entry.id === id ? { item } : {}))
      if (isHuge) this.#refuse(chatId, item, 'huge')
      await this.#save(chatId)
    } catch (error) {
      if (controller.signal.aborted) return
      this.#options.report('attach.read', error)
      this.#set(chatId, without(this.#staging(chatId), id))
      this.#refuse(chatId, { name, size: file.size }, error instanceof FileError ? error.problem : 'storage')
    } finally {
      this.#reading.delete(id)
    }
  }

  /** Draws the pictures that are missing, when the sheet is shown after a restart or a photo was edited. */
  #showPreviews(chatId: ChatId): void {
    for (const { id, item, preview } of this.#staging(chatId).entries) {
      if (item === null || preview !== null || item.kind === 'file') continue
      void this.#picture(item, item.edit ?? unedited, PREVIEW_SIDE).then((url) => {
        // An edit that came meanwhile draws its own.
        this.#patchEach(chatId, (entry) =>
          entry.id === id && entry.item?.edit === item.edit ? { preview: url } : {},
        )
      })
    }
  }

  /** Returns the picture of an item as a data: URL; null: it cannot be drawn. */
  async #picture(item: StagedItem, edit: PhotoEdit, longest: number): Promise<string | null> {
    const { files, photos, report } = this.#options
    try {
      if (item.kind === 'video') return (await files.readVideo(item.sha256, item.mime))?.preview ?? null
      const source = await files.read(item.sha256, item.mime)
      const photo = await photos.render({ source, edit, longest, use: 'preview' })
      return photo && (await dataUrlOf(photo.bytes))
    } catch (error) {
      report('attach.preview', error)
      return null
    }
  }

  async #save(chatId: ChatId, { mustSucceed = false } = {}): Promise<void> {
    const items = this.#staging(chatId).entries.flatMap(({ item }) => item ?? [])
    try {
      await this.#options.conversation.setStaged(chatId, items)
    } catch (error) {
      this.#options.report('attach.save', error)
      if (mustSucceed) throw error
    }
  }

  #staging(chatId: ChatId): Staging {
    const { staging, chats } = this.#options.store.getState()
    return staging.get(chatId) ?? storedStaging(chats.get(chatId))
  }

  #set(chatId: ChatId, next: Staging): void {
    this.#options.store.setState(({ staging }) => ({ staging: new Map(staging).set(chatId, next) }))
  }

  #patchEach(chatId: ChatId, patchOf: (entry: StagedEntry) => Partial<StagedEntry>): void {
    const before = this.#staging(chatId)
    this.#set(chatId, {
      ...before,
      entries: before.entries.map((entry) => ({ ...entry, ...patchOf(entry) })),
    })
  }

  #refuse(
    chatId: ChatId,
    { name, size }: { name: string; size: number },
    problem: Staging['refused'][number]['problem'],
  ): void {
    const staging = this.#staging(chatId)
    this.#set(chatId, { ...staging, refused: [...staging.refused, { name, size, problem }] })
  }

  #forget(): void {
    for (const controller of this.#reading.values()) controller.abort()
    this.#options.store.setState({ staging: new Map() })
  }
}

function without(staging: Staging, id: string): Staging {
  return { ...staging, entries: staging.entries.filter((entry) => entry.id !== id) }
}

/** Whether the photo is encoded again. A GIF would lose its movement, a file is sent as it is. */
function isRendered({ kind, asFile, mime }: StagedItem): boolean {
  return kind === 'photo' && !asFile && mime !== 'image/gif'
}

function encodingOf({ mime, quality = 'standard' }: StagedItem): PhotoTask['use'] {
  if (mime !== 'image/png') return quality
  return quality === 'original' ? 'lossless' : 'sharp'
}
