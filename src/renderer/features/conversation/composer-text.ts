import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'

/** From this length on the counter shows, in UTF-16 code units. */
const COUNTER_FROM = 3800

export interface ComposerState {
  canSend: boolean
  /** Characters left, negative when it is too long; null: far from the limit, show nothing. */
  left: number | null
}

/** What the composer allows for a text; white space around it is not sent and not counted. */
export function composerState(text: string): ComposerState {
  const length = text.trim().length
  return {
    canSend: length > 0 && length <= TEXT_LIMIT,
    left: length >= COUNTER_FROM ? TEXT_LIMIT - length : null,
  }
}

/** The body of a typed text, without white space around it and unpaired surrogates. */
export function textBody(text: string): BodyOf<'text'> {
  return { kind: 'text', text: text.trim().toWellFormed() }
}

/** The text to show when `unsent` could not be sent and the person has typed on in the meantime. */
export function returnUnsent(unsent: string, typedSince: string): string {
  return typedSince.trim() === '' ? unsent : `${unsent}\n${typedSince}`
}

export interface Replacement {
  /** What takes the place of the selection. */
  text: string
  /** The selection afterwards, from the selection's old start. */
  selectFrom: number
  selectTo: number
}

/** Puts a formatting mark around the selection (white space at its ends left outside), or takes it away. */
export function toggleMark(selected: string, mark: '*' | '_' | '~'): Replacement {
  const core = selected.trim()
  const before = selected.slice(0, selected.length - selected.trimStart().length)
  const after = core === '' ? '' : selected.slice(selected.trimEnd().length)
  const isMarked = core.length > 2 && core.startsWith(mark) && core.endsWith(mark)
  const inner = isMarked ? core.slice(1, -1) : `${mark}${core}${mark}`
  const text = `${before}${inner}${after}`
  if (core === '') return { text, selectFrom: before.length + 1, selectTo: before.length + 1 }
  return { text, selectFrom: before.length, selectTo: before.length + inner.length }
}

/** Does this key press send? Any modifier but the wanted ones makes a line end. */
export function sendsMessage(
  event: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  enterSends: boolean,
): boolean {
  if (event.key !== 'Enter' || event.altKey || event.shiftKey) return false
  return enterSends || event.ctrlKey || event.metaKey
}

/** Is this key press the start of typing, which belongs in the composer wherever the focus is? */
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
