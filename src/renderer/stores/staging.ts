import type { Chat } from '#shared/domain/chat.ts'
import type { StagedItem } from '#shared/domain/staged.ts'

/**
 * Why a file is not staged, or (`huge`) not as a photo. The catalogue has a text for each under `attach.problem`. `gone`: it was
 * moved or deleted. `unreadable`: another program uses it, it changed meanwhile, or this person may not read it. `full`: the disk
 * is full. `storage`: it failed. `unprepared`: a photo could not be made ready to be sent.
 */
export type FileProblem =
  | 'folder'
  | 'empty'
  | 'tooLarge'
  | 'tooMany'
  | 'gone'
  | 'unreadable'
  | 'full'
  | 'storage'
  | 'huge'
  | 'unprepared'

/** A file that is about to be sent, as the sheet shows it. */
export interface StagedEntry {
  /** The id of `item`. */
  id: string
  name: string
  size: number
  /** Null while the file is read in. */
  item: StagedItem | null
  /** A small picture as a data: URL; null: there is none, or not yet. */
  preview: string | null
  /** It is being sent, so it cannot be changed any more. */
  sending: boolean
}

/** A file that is not sent, or not as a photo. */
export interface RefusedFile {
  name: string
  size: number
  problem: FileProblem
}

/** The files that are about to be sent in a chat. */
export interface Staging {
  entries: readonly StagedEntry[]
  refused: readonly RefusedFile[]
  /** The sheet is shown while the chat is open. */
  open: boolean
}

/** What was staged before the app started. */
export function storedStaging(chat: Chat | undefined): Staging {
  const entries = (chat?.staged ?? []).map((item) => ({
    id: item.id,
    name: item.name,
    size: item.size,
    item,
    preview: null,
    sending: false,
  }))
  return { entries, refused: [], open: false }
}

/** The entries that still wait for the person to send them. */
export function waitingEntries({ entries }: Pick<Staging, 'entries'>): readonly StagedEntry[] {
  return entries.filter(({ sending }) => !sending)
}
