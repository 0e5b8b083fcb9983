import type { Group } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { PhotoEdit, Quality, StagedItem } from '#shared/domain/staged.ts'
import { fromMarkedText, toMarkedText } from '#shared/messages/mentions.ts'
import type { StagedEntry } from '../../../stores/staging.ts'
import { allowedDraft } from '../mention-draft.ts'

/* Changes of staged entries. Pure. */

type Entries = readonly StagedEntry[]
type Change = (entries: Entries) => Entries

const changeItems =
  (change: (item: StagedItem) => StagedItem): Change =>
  (entries) =>
    entries.map((entry) => (entry.item === null ? entry : { ...entry, item: change(entry.item) }))

export const withCaption = (id: string, caption: string): Change =>
  changeItems((item) => (item.id === id ? { ...item, caption } : item))

/** Without the mentions that the rules deny. */
export const withAllowedCaptions = (group: Group | null, me: UserId): Change =>
  changeItems((item) => ({
    ...item,
    caption: toMarkedText(allowedDraft(fromMarkedText(item.caption), group, me)),
  }))

export const withQuality = (quality: Quality): Change => changeItems((item) => ({ ...item, quality }))

/** `id`: null for all. */
export const withAsFile = (id: string | null, asFile: boolean): Change =>
  changeItems((item) => (id === null || item.id === id ? { ...item, asFile } : item))

/** The preview is drawn anew. */
export const withEdit =
  (id: string, edit: PhotoEdit): Change =>
  (entries) =>
    entries.map((entry) =>
      entry.item === null || entry.id !== id
        ? entry
        : { ...entry, item: { ...entry.item, edit }, preview: null },
    )

export const withoutEntry =
  (id: string): Change =>
  (entries) =>
    entries.filter((entry) => entry.id !== id)

/** Moves an entry to another place. Places outside of the list mean its ends. */
export const movedTo =
  (id: string, to: number): Change =>
  (entries) => {
    const from = entries.findIndex((entry) => entry.id === id)
    const [entry] = from === -1 ? [] : entries.slice(from, from + 1)
    if (entry === undefined) return entries
    return entries.toSpliced(from, 1).toSpliced(Math.max(0, to), 0, entry)
  }

/** Whether the photo can be turned and cropped: a GIF would lose its movement, a file is sent as it is. */
export function isEditable({ kind, asFile, mime }: StagedItem): boolean {
  return kind === 'photo' && !asFile && mime !== 'image/gif'
}

/** What the entries are, for the title of the sheet. */
export function kindOfAll(entries: Entries): 'photos' | 'videos' | 'files' | 'items' {
  const kinds = new Set(entries.map(({ item }) => (item === null || item.asFile ? 'file' : item.kind)))
  if (kinds.size !== 1) return 'items'
  if (kinds.has('photo')) return 'photos'
  return kinds.has('video') ? 'videos' : 'files'
}
