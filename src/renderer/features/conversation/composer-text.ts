import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import type { LinkPreview } from '#shared/messages/link-preview.ts'
import { toSentText } from '#shared/messages/mentions.ts'
import type { Draft } from './mention-draft.ts'

/** The counter is shown from this length on, in UTF-16 code units. */
const COUNTER_FROM = 3800

export interface ComposerState {
  canSend: boolean
  /** Characters left, negative when the text is too long. Null while the text is far from the limit. */
  left: number | null
}

/** Returns whether a text can be sent. White space around the text is not sent and not counted. */
export function composerState(text: string): ComposerState {
  const length = text.trim().length
  return {
    canSend: length > 0 && length <= TEXT_LIMIT,
    left: length >= COUNTER_FROM ? TEXT_LIMIT - length : null,
  }
}

/** The body of a typed text. White space around the text is removed, unpaired surrogates are replaced. */
export function textBody(draft: Draft, link: LinkPreview | null = null): BodyOf<'text'> {
  return { kind: 'text', ...toSentText(draft), ...(link !== null && { link }) }
}

/** Returns the marked text to show when `unsent` could not be sent. Keeps what was typed in the meantime. */
export function returnUnsent(unsent: string, typedSince: string): string {
  return typedSince.trim() === '' ? unsent : `${unsent}\n${typedSince}`
}

export interface Replacement {
  /** Replaces the selected text. */
  text: string
  /** Bounds of the new selection, relative to the start of the old one. */
  selectFrom: number
  selectTo: number
}

/** Puts formatting marks around the selection, or removes them. White space at its ends stays outside the marks. */
export function toggleMark(selected: string, mark: '*' | '_' | '~' | '`'): Replacement {
  const core = selected.trim()
  const before = selected.slice(0, selected.length - selected.trimStart().length)
  const after = core === '' ? '' : selected.slice(selected.trimEnd().length)
  const isMarked = core.length > 2 && core.startsWith(mark) && core.endsWith(mark)
  const inner = isMarked ? core.slice(1, -1) : `${mark}${core}${mark}`
  const text = `${before}${inner}${after}`
  if (core === '') return { text, selectFrom: before.length + 1, selectTo: before.length + 1 }
  return { text, selectFrom: before.length, selectTo: before.length + inner.length }
}

/** Returns true if this key press types or pastes text. */
export function startsTyping(event: {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}): boolean {
  if (event.altKey) return false
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'v'
  return /^\S$/u.test(event.key)
}
