import { rgbaToThumbHash } from 'thumbhash'
import { ada, chatId, me, queued } from '#shared/domain/test-data.ts'
import type { UserId } from '#shared/domain/ids.ts'
import {
  attachmentSchema,
  objectIdSchema,
  sha256Schema,
  type ObjectId,
  type Sha256,
} from '#shared/messages/attachment.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { initialState, type AppState, type Navigation } from '../../../../src/renderer/stores/app-store.ts'
import type { ListedTransfer, Transfer } from '../../../../src/renderer/stores/transfers.ts'
import { makeMessage, MINUTE, NOON, preset, text } from './conversation.ts'
import { cover } from './cover.ts'

/* Photos, videos and files in every state. The fake media service draws the pictures. */

const hex = (n: number, length: number): string =>
  ((n * 2_654_435_761) % 0xffffffff).toString(16).padStart(8, '0').repeat(8).slice(0, length)
const objectOf = (n: number) => objectIdSchema.parse(hex(n, 32))
const sha256Of = (n: number): Sha256 => sha256Schema.parse(hex(n, 64))
const fileOf = (n: number, size: number, mime: string) =>
  attachmentSchema.parse({ object: objectOf(n), sha256: sha256Of(n), size, mime, enc: null })

/** The thumbhash of a sky over a hill, in a colour of the number. */
function hashOf(n: number): string {
  const side = 16
  const rgba = new Uint8Array(side * side * 4)
  for (let index = 0; index < side * side; index += 1) {
    const isSky = index < (side * side) / 2
    rgba.set([(n * 97) % 256, isSky ? 200 : 110, isSky ? 220 : (n * 53) % 160, 255], index * 4)
  }
  return btoa(String.fromCharCode(...rgbaToThumbHash(side, side, rgba)))
}

export function photo(n: number, patch: Partial<BodyOf<'photo'>> = {}): BodyOf<'photo'> {
  return {
    kind: 'photo',
    file: fileOf(n, 1_240_000, 'image/jpeg'),
    width: 1600,
    height: 1200,
    hash: hashOf(n),
    ...patch,
  }
}

function file(n: number, name: string, patch: Partial<BodyOf<'file'>> = {}): BodyOf<'file'> {
  return { kind: 'file', file: fileOf(n, 2_400_000, 'application/pdf'), name, ...patch }
}

function video(n: number, patch: Partial<BodyOf<'video'>> = {}): BodyOf<'video'> {
  return {
    kind: 'video',
    file: fileOf(n, 14_000_000, 'video/mp4'),
    width: 1280,
    height: 720,
    duration: 83_000,
    hash: hashOf(n),
    ...patch,
  }
}

const COUNT = 200
const at = (n: number, from: UserId, body: Message['body'], patch: Partial<Message> = {}): Message =>
  makeMessage(n, from, NOON - (COUNT - n) * MINUTE, { body, ...patch })

interface MediaOptions {
  /** The numbers of the files that are not on this machine. */
  remote?: readonly number[]
  transfers?: readonly (readonly [number, Transfer])[]
  state?: Partial<AppState>
  navigation?: Partial<Navigation>
}

function media(
  messages: Message[],
  { remote = [], transfers = [], state, navigation }: MediaOptions = {},
): Partial<AppState> {
  const away = new Set(remote.map(sha256Of))
  const files = messages.flatMap(({ body }) => (body !== null && 'file' in body ? [body.file.sha256] : []))
  return {
    ...preset({ messages }),
    files: new Map(files.map((sha256) => [sha256, !away.has(sha256)])),
    transfers: new Map(transfers.map(([n, transfer]) => [objectOf(n), transfer])),
    ...state,
    navigation: { ...initialState.navigation, openChatId: chatId, timesOpened: 1, ...navigation },
  }
}

const album = (id: string) => ({ album: id.repeat(32) })
const albumOf = (from: UserId, first: number, count: number, id: string): Message[] =>
  Array.from({ length: count }, (_, index) => at(first + index, from, photo(first + index, album(id))))

const photos = (): Message[] => [
  at(1, ada, photo(1)),
  at(
    2,
    ada,
    photo(2, { width: 900, height: 1600, text: 'From *the terrace*, see https://example.org/terrace' }),
  ),
  at(3, me, photo(3, { width: 60, height: 40 })),
  at(
    4,
    me,
    photo(4, { width: 300, height: 900, text: 'Narrow, with words that need more than one line of room' }),
  ),
  at(5, ada, { kind: 'text', text: 'And all of Sunday:' }),
  ...albumOf(ada, 10, 2, '1'),
  ...albumOf(me, 20, 3, '2'),
  ...albumOf(ada, 30, 4, '3'),
  ...albumOf(me, 40, 7, '4'),
  at(50, ada, photo(50, album('5'))),
  at(51, ada, video(51, album('5'))),
  at(52, ada, photo(52, { ...album('5'), text: 'مرحبا، هذه صور يوم الأحد' })),
]

const states = (): Partial<AppState> => {
  const failed = { ...queued, delivery: 'failed', failure: 'denied' } as const
  return media(
    [
      at(1, ada, photo(1)),
      at(2, ada, photo(2)),
      at(3, ada, photo(3)),
      at(4, ada, photo(4)),
      at(5, ada, photo(5)),
      at(6, ada, file(6, 'Garden plan.pdf')),
      at(7, ada, file(7, 'Garden plan.pdf')),
      at(8, ada, file(8, 'Garden plan.pdf')),
      at(9, ada, file(9, 'Garden plan.pdf')),
      at(10, me, photo(10), failed),
      at(11, me, photo(11, { file: fileOf(11, 42_000_000, 'image/png') }), queued),
      at(12, me, photo(12, { file: fileOf(12, 42_000_000, 'image/png') }), queued),
      at(13, me, photo(13), queued),
      at(14, me, file(14, 'Film.zip', { file: fileOf(14, 90_000_000, 'application/zip') }), queued),
    ],
    {
      remote: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      transfers: [
        [2, { state: 'running', done: 400_000, size: 1_240_000 }],
        [3, { state: 'failed', failure: 'offline' }],
        [4, { state: 'failed', failure: 'gone' }],
        [5, { state: 'failed', failure: 'damaged' }],
        [7, { state: 'running', done: 900_000, size: 2_400_000 }],
        [8, { state: 'failed', failure: 'full' }],
        [9, { state: 'failed', failure: 'denied' }],
        [11, { state: 'running', done: 12_000_000, size: 42_000_000 }],
        [12, { state: 'paused', done: 20_000_000, size: 42_000_000 }],
        [14, { state: 'running', done: 30_000_000, size: 90_000_000 }],
      ],
      // Nothing is downloaded by itself, so that the button stays.
      state: { connection: 'connecting' },
    },
  )
}

const filesOf = (): Message[] => [
  at(1, ada, file(1, 'Garden plan 2026.pdf')),
  at(
    2,
    ada,
    file(2, `A very long name of a spreadsheet that does not fit ${'and goes on '.repeat(12)}.xlsx`),
  ),
  at(3, me, file(3, 'Makefile', { file: fileOf(3, 812, 'text/plain') })),
  at(4, me, file(4, 'notes.txt', { text: 'My notes of the *last* meeting' })),
  at(5, ada, file(5, 'خطة الحديقة.pdf')),
]

/** Documents with their first page: here, moving, and not here. */
const covers = (navigation?: Partial<Navigation>): Partial<AppState> =>
  media(
    [
      at(1, ada, file(1, 'Garden.pdf', { cover })),
      at(2, me, file(2, 'Garden.pdf', { cover, text: 'The plan, with the *beds* in red' })),
      at(3, ada, file(3, 'Garden.pdf', { cover })),
      at(4, ada, file(4, 'Garden.pdf', { cover })),
      at(5, ada, file(5, 'Garden.pdf', { cover })),
      at(6, ada, file(6, 'Garden.pdf', { cover })),
      at(7, me, file(7, 'Garden.pdf', { cover }), queued),
    ],
    {
      remote: [3, 4, 5, 6],
      transfers: [
        [4, { state: 'running', done: 900_000, size: 2_400_000 }],
        [5, { state: 'failed', failure: 'offline' }],
        [6, { state: 'failed', failure: 'gone' }],
        [7, { state: 'running', done: 900_000, size: 2_400_000 }],
      ],
      state: { connection: 'connecting' },
      ...(navigation && { navigation }),
    },
  )

const hostile = (): Message[] => [
  at(1, ada, photo(1, { width: 65_535, height: 1 })),
  at(2, ada, photo(2, { width: 1, height: 65_535, hash: '' })),
  at(3, ada, photo(3, { hash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })),
  at(
    4,
    ada,
    photo(4, { file: { ...fileOf(4, 1, 'image/png'), sha256: sha256Schema.parse('bad0'.repeat(16)) } }),
  ),
  at(5, ada, photo(5, { text: `\u202Egpj.exe ${'x'.repeat(500)}` })),
  at(6, ada, file(6, 'holiday \u202Egpj.exe')),
  at(7, ada, file(7, '👨‍👩‍👧‍👦'.repeat(23))),
  at(8, ada, file(8, `${'W'.repeat(250)}.exe`)),
  at(9, ada, file(9, '\u200B\u2066')),
  at(10, ada, file(10, `${'Z̶̐'.repeat(80)}.${'e'.repeat(8)}`)),
  ...albumOf(ada, 20, 25, '6'),
]

const gallery = (): Message[] => [
  ...Array.from({ length: 40 }, (_, n) =>
    at(n, n % 3 === 0 ? me : ada, n % 7 === 0 ? video(n) : photo(n), {
      sentAt: new Date(2026, 7 + Math.floor(n / 14), 1 + (n % 14), 12).getTime(),
    }),
  ),
  ...filesOf().map((message, n) => ({ ...message, id: at(100 + n, ada, null).id })),
  at(110, ada, text('https://example.org/garden/plan?of=2026 and https://example.org').body),
  at(111, me, text('Read *https://example.org/beans*').body),
  at(112, ada, {
    kind: 'voice',
    file: fileOf(112, 34_000, 'audio/webm'),
    duration: 12_400,
    wave: '0123456789abcdef'.repeat(3),
  }),
]

const viewing = (n: number): Partial<Navigation> => ({ viewed: { chatId, id: at(n, ada, null).id } })
const browsing: Partial<Navigation> = { detailsOpen: true, mediaOpen: true }

/** Photos of different sizes, some in albums. */
const manyPhotos = (count: number): Message[] =>
  Array.from({ length: count }, (_, n) =>
    makeMessage(n, Math.floor(n / 5) % 2 === 0 ? ada : me, NOON - (count - n) * MINUTE, {
      body: photo(n % 500, {
        width: 900 + ((n * 37) % 700),
        height: 700 + ((n * 53) % 900),
        ...(n % 15 < 5 ? album((Math.floor(n / 15) % 16).toString(16)) : {}),
      }),
    }),
  )

/** The list of transfers, with a row in each state. */
const transfers = (): Partial<AppState> => {
  const moving = [
    at(1, me, file(1, 'Film.zip', { file: fileOf(1, 90_000_000, 'application/zip') }), queued),
    at(2, me, photo(2), queued),
    at(3, me, video(3), queued),
    at(4, ada, video(4)),
    at(5, ada, file(5, `${'W'.repeat(60)}.pdf`)),
    at(6, ada, file(6, 'خطة الحديقة.pdf')),
  ]
  const states: readonly Transfer[] = [
    { state: 'running', done: 30_000_000, size: 90_000_000 },
    { state: 'waiting', done: 0, size: 1_240_000 },
    { state: 'paused', done: 6_000_000, size: 14_000_000 },
    { state: 'running', done: 2_000_000, size: 14_000_000 },
    { state: 'failed', failure: 'offline' },
    { state: 'failed', failure: 'gone' },
  ]
  const listed = moving.flatMap(({ senderId, body }) => {
    const attachment = attachmentOf(body)
    if (attachment === null) return []
    const direction = senderId === me ? 'up' : 'down'
    return [[attachment.object, { direction, chatId, file: attachment }] as const]
  })
  return media(moving, {
    remote: [4, 5, 6],
    transfers: states.map((state, n) => [n + 1, state] as const),
    state: { listed: new Map<ObjectId, ListedTransfer>(listed), connection: 'slow' },
  })
}

export const mediaScenarios = {
  'media-photos': () => media(photos()),
  'media-blurred': () =>
    media(photos(), { remote: [1, 2, 3, 4, 10, 20, 30, 40], state: { connection: 'offline' } }),
  'media-states': states,
  'media-transfers': transfers,
  'media-files': () => media(filesOf()),
  'media-covers': () => covers(),
  'media-pane-covers': () => covers(browsing),
  'media-hostile': () => media(hostile()),
  'media-viewer': () => media(gallery(), { navigation: viewing(20) }),
  'media-viewer-captioned': () => media(photos(), { navigation: viewing(2) }),
  // The drawn pictures do not play.
  'media-viewer-video': () =>
    media(gallery(), { remote: [21], state: { connection: 'offline' }, navigation: viewing(21) }),
  'media-viewer-failed': () =>
    media(gallery(), {
      remote: [20],
      transfers: [[20, { state: 'failed', failure: 'offline' }]],
      state: { connection: 'offline' },
      navigation: viewing(20),
    }),
  'media-pane': () => media(gallery(), { navigation: browsing }),
  'media-pane-empty': () => media([], { navigation: browsing }),
  'media-5000': () => media(manyPhotos(5000)),
} satisfies Record<string, () => Partial<AppState>>
