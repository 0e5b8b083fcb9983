import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ada, chatId, emptyChat, me, photo as face } from '#shared/domain/test-data.ts'
import { phoneSchema } from '#shared/domain/ids.ts'
import { STAGED_LIMIT, type StagedItem } from '#shared/domain/staged.ts'
import { sha256Schema, type Sha256 } from '#shared/messages/attachment.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import { storedStaging, type Staging } from '../../stores/staging.ts'
import { AppError, type AttachmentsService } from '../services.ts'
import { createAttachmentsService, type AttachmentsOptions } from './attachments-service.ts'
import type { PhotoTask } from './photo-tasks.ts'

vi.stubGlobal(
  'FileReader',
  class {
    result = 'data:image/jpeg;base64,AA=='
    readonly #listeners = new Map<string, () => void>()
    addEventListener(name: string, listener: () => void): void {
      this.#listeners.set(name, listener)
    }
    readAsDataURL(): void {
      queueMicrotask(() => this.#listeners.get('load')?.())
    }
  },
)

const PNG = [0x89, ...Buffer.from('PNG\r\n\u001A\n\0\0\0\rIHDR', 'latin1')]
/** The header of a PNG of 4000 × 3000 pixels. Its name is in it, so that no two have the same bytes. */
const png = (name: string, width = 4000, height = 3000): File => {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return new File([Uint8Array.from([...PNG, ...size, ...Buffer.from(`\b\u0006\0\0\0....${name}`)])], name)
}
const textFile = (name: string): File => new File([name], name, { type: 'text/plain' })
const picked = (...files: File[]) => files.map((file) => ({ file, isFolder: false }))

let store: AppStore
let service: AttachmentsService
/** What happened, in its order. */
let log: string[]
let sent: KnownBody[]
let saved: readonly StagedItem[]
let draft: string
let tasks: PhotoTask[]
let kept: Map<Sha256, Blob>
let options: AttachmentsOptions
/** `keep` rejects with it, for a file of that name. */
let broken: Map<string, Error>
let undecodable: boolean
let failFrom: number

beforeEach(() => {
  store = createAppStore({
    session: { phase: 'ready', me, phone: phoneSchema.parse('+14155550100') },
    chats: new Map([[chatId, emptyChat(ada)]]),
  })
  ;[log, sent, saved, tasks] = [[], [], [], []]
  draft = ''
  kept = new Map()
  broken = new Map()
  undecodable = false
  failFrom = Infinity
  options = {
    store,
    report: () => undefined,
    conversation: {
      async send(_, body) {
        // As the replica does it.
        if ('text' in body && body.text !== undefined) draft = ''
        await Promise.resolve()
        if (sent.length >= failFrom) throw new AppError('storage')
        sent.push(body)
        log.push(`sent ${body.kind}`)
      },
      draft: () => draft,
      setDraft(_, text) {
        draft = text
        log.push(`draft ${text}`)
      },
      async setStaged(_, items) {
        await Promise.resolve()
        saved = items
        log.push(`saved ${String(items.length)}`)
      },
    },
    files: {
      async keep(bytes, signal) {
        await Promise.resolve()
        signal?.throwIfAborted()
        const error = bytes instanceof File ? broken.get(bytes.name) : undefined
        if (error !== undefined) throw error
        const text = await bytes.text()
        const sha256 = sha256Schema.parse(Buffer.from(text).toString('hex').padEnd(64, '0').slice(-64))
        kept.set(sha256, bytes)
        return { sha256, size: bytes.size }
      },
      read: (sha256) => Promise.resolve(kept.get(sha256) ?? new Blob(['?'])),
      readVideo: () => Promise.resolve(null),
    },
    drawCover: () => Promise.resolve(face.small),
    photos: {
      render(task) {
        tasks.push(task)
        if (undecodable) return Promise.resolve(null)
        const bytes = new Blob([`drawn ${String(tasks.length)}`], { type: 'image/jpeg' })
        return Promise.resolve({
          bytes,
          width: 1600,
          height: 1200,
          hash: 'abcd',
          upright: { width: 4000, height: 3000 },
        })
      },
    },
  }
  service = createAttachmentsService(options)
})

const staging = (): Staging =>
  store.getState().staging.get(chatId) ?? storedStaging(store.getState().chats.get(chatId))
const items = (): (StagedItem | null)[] => staging().entries.map(({ item }) => item)
const problems = (): string[] => staging().refused.map(({ name, problem }) => `${name}: ${problem}`)
const none = { text: '', mentions: [] }

async function add(...files: File[]): Promise<void> {
  service.add(chatId, picked(...files))
  await vi.waitFor(() => expect(items()).not.toContain(null))
}

describe('adding files', () => {
  it('shows them at once in their order, and stores them when their bytes are safe', async () => {
    service.add(chatId, picked(png('a.png'), textFile('b.txt')))
    expect(staging()).toMatchObject({
      open: true,
      entries: [{ name: 'a.png', item: null }, { name: 'b.txt' }],
    })
    await vi.waitFor(() => expect(saved).toHaveLength(2))
    expect(saved).toMatchObject([
      { kind: 'photo', mime: 'image/png', width: 4000, height: 3000, name: 'a.png', hash: 'abcd' },
      { kind: 'file', mime: 'text/plain', width: null, name: 'b.txt' },
    ])
    expect(staging().entries[0]?.preview).toMatch(/^data:/u)
  })

  it('names each file that cannot be staged, and the others go on', async () => {
    const unreadable = (name: string): AppError =>
      new AppError('unreadable', { cause: new DOMException('', name) })
    broken.set('gone.txt', unreadable('NotFoundError'))
    broken.set('growing.txt', unreadable('NotReadableError'))
    broken.set('big.txt', new AppError('diskFull'))
    service.add(chatId, [
      { file: textFile('folder'), isFolder: true },
      ...picked(
        new File([], 'empty.txt'),
        ...['gone.txt', 'growing.txt', 'big.txt', 'good.txt'].map(textFile),
      ),
    ])
    expect(problems()).toEqual(['folder: folder', 'empty.txt: empty'])
    await vi.waitFor(() => expect(problems()).toHaveLength(5))
    expect(problems().slice(2).toSorted()).toEqual([
      'big.txt: full',
      'gone.txt: gone',
      'growing.txt: unreadable',
    ])
    await vi.waitFor(() => expect(saved).toMatchObject([{ name: 'good.txt' }]))
  })

  it('stores the cover of a PDF, and sends it', async () => {
    const plan = new File(['%PDF-1.4'], 'Plan.pdf', { type: 'application/pdf' })
    await add(plan, textFile('note.txt'))
    await vi.waitFor(() => expect(saved).toHaveLength(2))
    expect(saved[0]).toMatchObject({ kind: 'file', name: 'Plan.pdf', cover: face.small })
    expect(saved[1]).not.toHaveProperty('cover')
    await service.send(chatId, none)
    expect(sent[0]).toMatchObject({ kind: 'file', cover: face.small })
    expect(sent[1]).not.toHaveProperty('cover')
  })

  it.each([
    ['cannot be drawn', () => Promise.resolve(null)],
    ['makes the drawing fail', () => Promise.reject(new Error('no worker'))],
  ])('stages a PDF without a cover when it %s', async (_, drawCover) => {
    service = createAttachmentsService({ ...options, drawCover })
    await add(new File(['%PDF-1.4'], 'Plan.pdf', { type: 'application/pdf' }))
    expect(items()).toMatchObject([{ kind: 'file', mime: 'application/pdf' }])
    expect(items()[0]).not.toHaveProperty('cover')
    expect(problems()).toEqual([])
  })

  it('never decodes a picture of too many pixels. It is sent as a file', async () => {
    await add(png('bomb.png', 50_000, 50_000))
    expect(tasks).toEqual([])
    expect(items()).toMatchObject([{ kind: 'file', mime: 'image/png' }])
    expect(problems()).toEqual(['bomb.png: huge'])
  })

  it('stages a picture that cannot be decoded as a file', async () => {
    undecodable = true
    await add(png('broken.png'))
    expect(items()).toMatchObject([{ kind: 'file' }])
    expect(problems()).toEqual([])
  })

  it('takes at most the limit', async () => {
    await add(...Array.from({ length: STAGED_LIMIT + 2 }, (_, n) => textFile(`${n}.txt`)))
    expect(staging().entries).toHaveLength(STAGED_LIMIT)
    expect(problems()).toHaveLength(2)
  })

  it('forgets a file that is removed while it is read', async () => {
    service.add(chatId, picked(textFile('a.txt')))
    service.change(chatId, () => [])
    await vi.waitFor(() => expect(log).toContain('saved 0'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(staging().entries).toEqual([])
    expect(saved).toEqual([])
  })

  it('adds to what was staged before the start', async () => {
    await add(textFile('old.txt'))
    store.setState({ chats: new Map([[chatId, emptyChat(ada, { staged: [...saved] })]]), staging: new Map() })
    await add(textFile('new.txt'))
    await vi.waitFor(() => expect(saved.map(({ name }) => name)).toEqual(['old.txt', 'new.txt']))
  })

  it('forgets everything of an account that signs out', async () => {
    await add(textFile('a.txt'))
    store.setState({ session: { phase: 'signedOut' } })
    expect(store.getState().staging.size).toBe(0)
  })
})

describe('showing what is staged', () => {
  it('draws the missing previews after a restart and after an edit', async () => {
    await add(png('a.png'))
    await vi.waitFor(() => expect(saved).toHaveLength(1))
    store.setState({ chats: new Map([[chatId, emptyChat(ada, { staged: [...saved] })]]), staging: new Map() })
    service.show(chatId)
    expect(staging()).toMatchObject({ open: true, entries: [{ preview: null }] })
    await vi.waitFor(() => expect(staging().entries[0]?.preview).toMatch(/^data:/u))
    const edit = { turns: 1, crop: null }
    service.change(chatId, ([one]) =>
      one?.item == null ? [] : [{ ...one, item: { ...one.item, edit }, preview: null }],
    )
    await vi.waitFor(() => expect(staging().entries[0]?.preview).toMatch(/^data:/u))
    expect(tasks.at(-1)?.edit).toEqual(edit)
  })

  it('hides the sheet, and the items stay', async () => {
    await add(textFile('a.txt'))
    service.hide(chatId)
    expect(staging()).toMatchObject({ open: false, entries: [{ name: 'a.txt' }] })
  })
})

describe('sending', () => {
  it('sends each file as a message in its order, with one album and the caption on the first', async () => {
    await add(png('a.png'), png('b.png'), textFile('c.txt'))
    draft = 'Look'
    log = []
    await service.send(chatId, { text: 'Look', mentions: [] })
    expect(sent).toMatchObject([
      { kind: 'photo', text: 'Look', width: 1600, file: { mime: 'image/jpeg' } },
      { kind: 'photo' },
      { kind: 'file', name: 'c.txt', file: { mime: 'text/plain' } },
    ])
    const albums = sent.map((body) => ('album' in body ? body.album : undefined))
    expect(albums[0]).toMatch(/^[0-9a-f]{32}$/u)
    expect(albums).toEqual([albums[0], albums[0], undefined])
    expect(sent[1]).not.toHaveProperty('text')
    // The caption is on the disk before the draft is cleared. Each item is unstaged only after its message is stored.
    expect(log).toEqual([
      'saved 3',
      'draft ',
      'sent photo',
      'saved 2',
      'sent photo',
      'saved 1',
      'sent file',
      'saved 0',
    ])
    expect(staging()).toMatchObject({ open: false, entries: [] })
  })

  it('keeps what is typed meanwhile', async () => {
    await add(textFile('a.txt'), textFile('b.txt'))
    service.change(chatId, (entries) =>
      entries.map((entry) => ({ ...entry, item: entry.item && { ...entry.item, caption: entry.name } })),
    )
    const sending = service.send(chatId, none)
    draft = 'typed since'
    await sending
    expect(draft).toBe('typed since')
    expect(sent).toMatchObject([{ text: 'a.txt' }, { text: 'b.txt' }])
  })

  it('sends the text as a message of its own when the first item has a caption', async () => {
    await add(textFile('a.txt'))
    service.change(chatId, ([one]) =>
      one?.item == null ? [] : [{ ...one, item: { ...one.item, caption: 'own' } }],
    )
    await service.send(chatId, { text: ' for all ', mentions: [] })
    expect(sent).toMatchObject([
      { kind: 'text', text: 'for all' },
      { kind: 'file', text: 'own' },
    ])
  })

  it('encodes photos in the chosen quality, and leaves files and GIFs as they are', async () => {
    await add(png('a.png'), png('b.png'), textFile('c.txt'))
    const edit = { turns: 3, crop: null }
    service.change(chatId, ([a, b, ...others]) =>
      a?.item == null || b?.item == null
        ? []
        : [
            { ...a, item: { ...a.item, quality: 'high', mime: 'image/jpeg', edit } },
            { ...b, item: { ...b.item, asFile: true } },
            ...others,
          ],
    )
    tasks = []
    await service.send(chatId, none)
    expect(tasks).toMatchObject([{ longest: 2560, use: 'high', edit }])
    expect(sent[1]).toMatchObject({ kind: 'file', file: { mime: 'image/png', size: png('b.png').size } })
  })

  it('keeps everything that could not be stored, with the caption', async () => {
    await add(textFile('a.txt'), textFile('b.txt'), textFile('c.txt'))
    failFrom = 1
    await expect(service.send(chatId, { text: 'Look', mentions: [] })).rejects.toThrow('storage')
    expect(sent).toHaveLength(1)
    expect(staging().entries).toMatchObject([
      { name: 'b.txt', sending: false },
      { name: 'c.txt', sending: false },
    ])
    expect(saved).toHaveLength(2)
    failFrom = Infinity
    await service.send(chatId, none)
    expect(sent).toHaveLength(3)
  })

  it('keeps the caption with the first item when nothing could be stored', async () => {
    await add(textFile('a.txt'))
    failFrom = 0
    await expect(service.send(chatId, { text: 'Look', mentions: [] })).rejects.toThrow('storage')
    expect(saved).toMatchObject([{ caption: 'Look' }])
  })

  it('keeps the draft when the caption could not be stored', async () => {
    await add(textFile('a.txt'))
    draft = 'Look'
    options.conversation.setStaged = () => Promise.reject(new AppError('storage'))
    await expect(service.send(chatId, { text: 'Look', mentions: [] })).rejects.toThrow('storage')
    expect(draft).toBe('Look')
    expect(sent).toEqual([])
  })

  it('keeps a photo that could not be prepared, says so, and sends the others', async () => {
    await add(png('a.png'), textFile('b.txt'))
    undecodable = true
    await service.send(chatId, none)
    expect(sent).toMatchObject([{ kind: 'file', name: 'b.txt' }])
    expect(problems()).toEqual(['a.png: unprepared'])
    expect(staging()).toMatchObject({ open: true, entries: [{ name: 'a.png', sending: false }] })
  })
})
