import { z } from 'zod'
import { userIdSchema, type UserId } from '../domain/ids.ts'

/** Stands for all members of a group. No user id contains it. */
export const EVERYONE = '*'
export type Mentioned = UserId | typeof EVERYONE

/** Most mentions of one text. */
export const MENTION_LIMIT = 50
/** Longest `mentions` of a body, in UTF-16 code units: MENTION_LIMIT mentions of the longest user ids fit. */
const MENTIONS_SIZE = 7000

/** A part of a text that names someone, in UTF-16 code units. */
export interface Mention {
  who: Mentioned
  start: number
  length: number
}

/**
 * A text, and where it names people: `uid:start:length` for each mention, separated by spaces. It is one text because the rules can
 * check every character of a text, but not the elements of a list. Readers show the names that they know instead of these parts.
 */
export interface MentioningText {
  text: string
  mentions?: string | undefined
}

export const mentionsSchema = z
  .string()
  .max(MENTIONS_SIZE)
  .regex(/^(?:[A-Za-z0-9]+|\*):\d{1,4}:\d{1,4}(?: (?:[A-Za-z0-9]+|\*):\d{1,4}:\d{1,4})*$/u)

const mentionedSchema = z.union([z.literal(EVERYONE), userIdSchema])

/**
 * Returns the mentions in the order of the text. Another person's client wrote them, so it drops those that are malformed, outside of
 * the text, empty, or overlap one before them.
 */
export function readMentions({ text, mentions = '' }: MentioningText): Mention[] {
  if (mentions === '') return []
  const found = mentions.split(' ', MENTION_LIMIT).flatMap((entry) => readMention(entry) ?? [])
  let end = 0
  return found
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start, length }) => {
      if (start < end || start + length > text.length) return false
      end = start + length
      return true
    })
}

function readMention(entry: string): Mention | undefined {
  const [, uid, start, length] = /^([^:]*):(\d{1,4}):(\d{1,4})$/u.exec(entry) ?? []
  const who = mentionedSchema.safeParse(uid).data
  return who === undefined || Number(length) === 0
    ? undefined
    : { who, start: Number(start), length: Number(length) }
}

/** The opposite of `readMentions`. Keeps the first MENTION_LIMIT mentions; the others stay plain text. */
export function withMentions(text: string, mentions: readonly Mention[]): MentioningText {
  if (mentions.length === 0) return { text }
  const entries = mentions
    .slice(0, MENTION_LIMIT)
    .map(({ who, start, length }) => `${who}:${String(start)}:${String(length)}`)
  return { text, mentions: entries.join(' ') }
}

/** The text as it is sent: without white space around it, and well-formed. Its mentions move along. */
export function toSentText({
  text,
  mentions,
}: {
  text: string
  mentions: readonly Mention[]
}): MentioningText {
  const removed = text.length - text.trimStart().length
  const moved = mentions.map((mention) => ({ ...mention, start: mention.start - removed }))
  return withMentions(text.trim().toWellFormed(), moved)
}

/** Replaces the mentioned parts of a text; null keeps a part. */
function replaceMentions(
  { text, mentions }: { text: string; mentions: readonly Mention[] },
  replace: (mention: Mention, part: string) => string | null,
): string {
  let at = 0
  let result = ''
  for (const mention of mentions) {
    const end = mention.start + mention.length
    const part = text.slice(mention.start, end)
    result += text.slice(at, mention.start) + (replace(mention, part) ?? part)
    at = end
  }
  return result + text.slice(at)
}

/** The name that a reader knows for someone who is mentioned; null: not a member of this chat, so that the text stays as it is. */
export type MentionName = (who: Mentioned) => string | null

/** Returns the text with the names that the reader knows. */
export function withNames(text: { text: string; mentions: readonly Mention[] }, nameOf: MentionName): string {
  return replaceMentions(text, ({ who }) => {
    const name = nameOf(who)
    return name === null ? null : `@${name}`
  })
}

/* In a marked text, noncharacters of Unicode enclose each mention: its person, and the part of the text. */
const [OPEN, MIDDLE, CLOSE] = ['\uFDD0', '\uFDD1', '\uFDD2']
const MARKED = /\uFDD0([^\uFDD0-\uFDD2]*)\uFDD1([^\uFDD0-\uFDD2]*)\uFDD2/gu
const MARKED_HERE = new RegExp(MARKED.source, 'uy')
const MARKS = /[\uFDD0-\uFDD2]/gu

/**
 * Returns one string that contains the mentions too. Drafts are stored in this form, and the formatting is parsed from it: unlike
 * ranges, marks stay where they are when the text around them changes. `part`: what stands for the mentioned part.
 */
export function toMarkedText(
  { text, mentions }: { text: string; mentions: readonly Mention[] },
  part: (mention: Mention, text: string) => string = (_, same) => same,
): string {
  // A mark takes the place of one code unit, so that the ranges stay valid.
  const source = text.replace(MARKS, '\uFFFD')
  return replaceMentions({ text: source, mentions }, (mention, same) =>
    [OPEN, mention.who, MIDDLE, part(mention, same), CLOSE].join(''),
  )
}

/** The opposite of `toMarkedText`. Never throws: what is not a mark of a mention is text. */
export function fromMarkedText(marked: string): { text: string; mentions: Mention[] } {
  const mentions: Mention[] = []
  let text = ''
  let at = 0
  for (const { 0: whole, 1: uid, 2: part = '', index } of marked.matchAll(MARKED)) {
    text += marked.slice(at, index).replace(MARKS, '')
    const who = mentionedSchema.safeParse(uid).data
    if (who !== undefined && part !== '') mentions.push({ who, start: text.length, length: part.length })
    text += part
    at = index + whole.length
  }
  return { text: text + marked.slice(at).replace(MARKS, ''), mentions }
}

/** Replaces the mentions of a marked text by names. For text that is shown without formatting. */
export function markedWithNames(marked: string, nameOf: MentionName): string {
  return withNames(fromMarkedText(marked), nameOf)
}

/** Returns the mention whose mark starts at this place of a marked text, and where the mark ends. */
export function markAt(marked: string, at: number): { who: Mentioned; end: number } | undefined {
  if (marked[at] !== OPEN) return undefined
  MARKED_HERE.lastIndex = at
  const [whole = '', uid] = MARKED_HERE.exec(marked) ?? []
  const who = mentionedSchema.safeParse(uid).data
  return who === undefined ? undefined : { who, end: at + whole.length }
}

/** Replaces each mark by as many spaces. */
export function withoutMarks(marked: string): string {
  return marked.replace(MARKED, (whole) => ' '.repeat(whole.length))
}

/** The names of the members of a group and of `EVERYONE`. Nobody is mentioned in a direct chat. */
export function mentionNames(
  chat: { kind: 'direct' | 'group'; memberIds: readonly UserId[] } | undefined,
  nameOf: (userId: UserId) => string,
  everyone: string,
): MentionName {
  if (chat?.kind !== 'group') return () => null
  return (who) => (who === EVERYONE ? everyone : chat.memberIds.includes(who) ? nameOf(who) : null)
}
