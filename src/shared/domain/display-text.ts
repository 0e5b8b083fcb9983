import { peerOf, type Chat } from './chat.ts'
import { graphemes } from './graphemes.ts'
import type { UserId } from './ids.ts'
import { NAME_LIMIT, nameOf, type Person } from './person.ts'

/*
 * Makes text from other people safe to show: names, previews, messages. With Unicode, such a text could change the direction of
 * the page, stack marks over the lines above, or fill a list with one name. Wrap the result in <bdi> (or use `dir="auto"`):
 * ordinary right-to-left text stays unchanged and must not reorder the text around it.
 */

/** At most this many UTF-16 code units are processed for each shown character. */
const MAX_UNITS_PER_CHARACTER = 32
const ELLIPSIS = '…'

const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu
/** Bidirectional embeddings, overrides and isolates, and the deprecated format characters next to them. */
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u206F]/gu
/** Invisible characters. The joiners (200C, 200D) stay, because some scripts and emoji need them. */
// oxlint-disable-next-line no-misleading-character-class -- each of these characters is matched by itself
const INVISIBLE = /[\u00AD\u034F\u180E\u200B\u2060-\u2064\uFEFF\uFFF9-\uFFFB]/gu
/** Tag characters stay only as part of a flag emoji. */
const TAGS = /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F})|[\u{E0000}-\u{E007F}]/gu
const STACKED_MARKS = /([\p{M}\u200C\u200D]{4})[\p{M}\u200C\u200D]+/gu
/** A character that can be seen by itself. Unassigned ones count: a newer version of Unicode may define them. */
const VISIBLE = /[^\s\p{M}\p{Cc}\p{Cf}\p{DI}\p{NChar}\u2800]/u

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(CONTROLS, '')
    .replace(DIRECTION_CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(TAGS, '$1')
    .replace(STACKED_MARKS, '$1')
}

/** Truncates to `max` characters, counted as a reader counts them. If text is removed, the last character is an ellipsis. */
function truncate(text: string, max: number): string {
  const shown: string[] = []
  for (const character of graphemes(text)) {
    if (shown.length === max) return shown.slice(0, -1).join('').trimEnd() + ELLIPSIS
    shown.push(character.slice(0, MAX_UNITS_PER_CHARACTER).toWellFormed())
  }
  return shown.join('')
}

/**
 * Text with several lines, for a message. Every line end becomes a line feed; other white space stays unchanged.
 * At most `max` characters. The running time depends on `max`, not on the length of the text.
 */
export function displayText(text: string, max: number): string {
  const head = text.slice(0, max * MAX_UNITS_PER_CHARACTER)
  return truncate(clean(head.replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')), max)
}

/** One line, for previews and notifications. White space becomes single spaces. At most `max` characters. */
export function displayLine(text: string, max: number): string {
  const head = text.slice(0, max * MAX_UNITS_PER_CHARACTER)
  return truncate(clean(head.replace(/[\s\u0085]+/gu, ' ')).trim(), max)
}

/** Returns true when the text has no visible character. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text)
}

/** One line, for a name. Empty when the name has no visible character, so that the caller can show something else. */
export function displayName(text: string, max: number): string {
  const line = displayLine(text, max)
  return isBlank(line) ? '' : line
}

/**
 * Caches the result for each object. Use it for rows of the replica: they are replaced, never changed. Cleaning a name takes microseconds,
 * but the chat list needs the names of all its rows after every change of the app's state.
 */
function cachedFor<K extends object>(compute: (row: K) => string): (row: K) => string {
  const known = new WeakMap<K, string>()
  return (row) => {
    const cached = known.get(row)
    if (cached !== undefined) return cached
    const result = compute(row)
    known.set(row, result)
    return result
  }
}

const titleOfKnown = cachedFor(
  (person: Person) => displayName(nameOf(person), NAME_LIMIT) || (person.phone ?? ''),
)
const titleOfGroup = cachedFor((chat: Chat) => displayName(chat.title ?? '', NAME_LIMIT))

/** The title of a person: the private name, else the public name, else the number. Empty when none of them is known yet. */
export function personTitle(person: Person | undefined): string {
  return person === undefined ? '' : titleOfKnown(person)
}

/** The title of a chat: for a direct chat the other person's title, else the chat's own. Empty when it is not known yet. */
export function chatTitle(chat: Chat, people: ReadonlyMap<UserId, Person>, me: UserId): string {
  const peer = peerOf(chat, me)
  return peer === undefined ? titleOfGroup(chat) : personTitle(people.get(peer))
}

/** Isolates a name inside a sentence of plain text, where <bdi> is not possible, so that it cannot change the direction. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

/** Removes case, accents and compatibility forms, so that search can compare the texts. */
export function foldForSearch(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
