import { chatId } from '#shared/domain/test-data.ts'
import type { StagedItem } from '#shared/domain/staged.ts'
import { sha256Schema } from '#shared/messages/attachment.ts'
import type { AppState } from '../../../../src/renderer/stores/app-store.ts'
import type { RefusedFile, StagedEntry, Staging } from '../../../../src/renderer/stores/staging.ts'
import { conversationScenarios } from './conversation.ts'
import { cover } from './cover.ts'

/** A landscape of this hue as a data: URL. */
function picture(hue: number): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 120">
    <rect width="160" height="120" fill="hsl(${String(hue)} 70% 75%)"/>
    <circle cx="120" cy="32" r="14" fill="hsl(${String(hue + 60)} 90% 85%)"/>
    <path d="M0 90 50 40 90 80 120 55 160 95V120H0z" fill="hsl(${String(hue + 180)} 40% 40%)"/>
  </svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

function staged(
  n: number,
  patch: Partial<StagedItem> = {},
  preview: string | null = picture(n * 47),
): StagedEntry {
  const item: StagedItem = {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    kind: 'photo',
    sha256: sha256Schema.parse(String(n).padStart(64, '0')),
    size: 3_400_000 + n,
    mime: 'image/jpeg',
    name: `Holiday ${String(n)}.jpg`,
    width: 4000,
    height: 3000,
    hash: '',
    duration: null,
    caption: '',
    asFile: false,
    ...patch,
  }
  return { id: item.id, name: item.name, size: item.size, item, preview, sending: false }
}

const photos = (count: number): StagedEntry[] => Array.from({ length: count }, (_, n) => staged(n + 1))
const document = (n: number, name: string, patch: Partial<StagedItem> = {}): StagedEntry =>
  staged(n, { kind: 'file', mime: 'application/pdf', name, width: null, height: null, ...patch }, null)

/** A chat whose sheet shows these entries. */
function sheet(
  entries: readonly StagedEntry[],
  { draft = '', ...patch }: Partial<Staging> & { draft?: string } = {},
): Partial<AppState> {
  const state = conversationScenarios['conversation-typing']()
  const chat = state.chats?.get(chatId)
  return {
    ...state,
    chats: chat === undefined ? new Map() : new Map([[chatId, { ...chat, draft }]]),
    staging: new Map([[chatId, { entries, refused: [], open: true, ...patch }]]),
  }
}

const everyProblem: RefusedFile[] = (
  [
    'folder',
    'empty',
    'tooLarge',
    'tooMany',
    'gone',
    'unreadable',
    'full',
    'storage',
    'huge',
    'unprepared',
  ] as const
).map((problem) => ({ name: `${problem}.mov`, size: 2_100_000_000, problem }))

/** States of the sheet and the bar for files that are about to be sent. */
export const stagingScenarios = {
  'staging-photo': () => sheet(photos(1), { draft: 'Look at this pier' }),
  'staging-photos': () => sheet(photos(3)),
  'staging-mixed': () =>
    sheet([
      staged(1, { caption: 'At nine' }),
      staged(2, { kind: 'video', mime: 'video/mp4', name: 'Waves.mp4', duration: 9000 }),
      document(3, 'Plan for the garden behind the old school, final version 7.pdf'),
      document(4, 'خطة الحديقة.pdf'),
      { ...staged(5), item: null },
      { ...document(6, 'backup.tar.gz'), item: null },
      staged(7, { asFile: true }),
    ]),
  'staging-covers': () =>
    sheet([
      document(1, 'Garden.pdf', { cover }),
      document(2, 'Plan for the garden behind the old school, final version 7.pdf', { cover }),
      document(3, 'encrypted.pdf'),
    ]),
  'staging-30': () => sheet(photos(30)),
  'staging-refused': () => sheet([], { refused: everyProblem.slice(0, 3) }),
  'staging-some-refused': () => sheet(photos(2), { refused: everyProblem }),
  'staging-hostile': () =>
    sheet(
      [
        document(1, '\u202Egpj.exe'),
        document(2, `Z${'\u0336\u0310\u0489'.repeat(80)}.pdf`),
        document(3, '👨‍👩‍👧‍👦'.repeat(20)),
        document(4, '..\\..\\x'),
        document(5, 'W'.repeat(255)),
      ],
      { refused: [{ name: `${'W'.repeat(200)}\u202E.mov`, size: 2_100_000_000, problem: 'tooLarge' }] },
    ),
  'staging-long-caption': () => sheet(photos(1), { draft: 'A long caption. '.repeat(300) }),
  'staging-hidden': () => sheet(photos(3), { open: false }),
  'staging-sending': () =>
    sheet([...photos(2).map((entry) => ({ ...entry, sending: true })), staged(9)], { open: false }),
} satisfies Record<string, () => Partial<AppState>>
