import { peerOf, type Chat } from './chat.ts'
import type { UserId } from './ids.ts'
import { NAME_LIMIT, nameOf, type Person } from './person.ts'

/*
 * Text that other people wrote, made fit to be shown: names, previews, messages. What they can do with Unicode (turn the
 * direction of the page, pile marks over the lines above, fill a list with one name) ends here. Wrap the result in <bdi>
 * (or `dir="auto"`): ordinary right-to-left text stays as it is and must not reorder its surroundings.
 */

/** Work is bounded by this many UTF-16 code units for each character that may be shown. */
const UNITS_PER_CHARACTER = 32
const ELLIPSIS = '…'

const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu
/** Bidirectional embeddings, overrides and isolates, and the deprecated shaping controls beside them. */
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u206F]/gu
/** Characters that show nothing. The joiners (200C, 200D) stay: scripts and emoji need them. */
// oxlint-disable-next-line no-misleading-character-class -- each of them alone is meant
const INVISIBLE = /[\u00AD\u034F\u180E\u200B\u2060-\u2064\uFEFF\uFFF9-\uFFFB]/gu
/** Tag characters are kept only where they make a flag. */
const TAGS = /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F})|[\u{E0000}-\u{E007F}]/gu
const PILED_MARKS = /([\p{M}\u200C\u200D]{4})[\p{M}\u200C\u200D]+/gu
/** Blank letters: a name of nothing but these looks empty. */
const BLANK = /[\s\p{M}\p{C}\u115F\u1160\u2800\u3164\uFFA0]/gu

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(CONTROLS, '')
    .replace(DIRECTION_CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(TAGS, '$1')
    .replace(PILED_MARKS, '$1')
}

/** At most `max` characters as a reader counts them, the last of them an ellipsis when something was cut. */
function bound(text: string, max: number): string {
  const shown: string[] = []
  for (const { segment } of segmenter.segment(text)) {
    if (shown.length === max) return shown.slice(0, -1).join('').trimEnd() + ELLIPSIS
    shown.push(segment.slice(0, UNITS_PER_CHARACTER).toWellFormed())
  }
  return shown.join('')
}

/**
 * Several lines, for a message: line feeds and tabs stay, other white space as it is.
 * At most `max` characters; time is linear in `max`, not in the text.
 */
export function displayText(text: string, max: number): string {
  const head = text.slice(0, max * UNITS_PER_CHARACTER)
  return bound(clean(head.replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')), max)
}

/** One line, for previews and notifications: white space folded. At most `max` characters. */
export function displayLine(text: string, max: number): string {
  const head = text.slice(0, max * UNITS_PER_CHARACTER)
  return bound(clean(head.replace(/[\s\u0085]+/gu, ' ')).trim(), max)
}

/** One line that names someone; empty when nothing of it can be seen, so that the caller shows something else. */
export function displayName(text: string, max: number): string {
  const line = displayLine(text, max)
  return line.replace(BLANK, '') === '' ? '' : line
}

/** What to call someone: the private name, else the public one, else the number; empty when nothing is known yet. */
export function personTitle(person: Person | undefined): string {
  return displayName(nameOf(person), NAME_LIMIT) || (person?.phone ?? '')
}

/** What a chat is called: its person in a direct one, else its own title; empty when nothing is known yet. */
export function chatTitle(chat: Chat, people: ReadonlyMap<UserId, Person>, me: UserId): string {
  const peer = peerOf(chat, me)
  return peer === undefined ? displayName(chat.title ?? '', NAME_LIMIT) : personTitle(people.get(peer))
}

/** A name within a sentence, where no <bdi> can stand: it must not turn the sentence's direction. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

/** What a filter compares: without case, accents and compatibility forms. */
export function foldForSearch(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
