import { mayMentionEveryone, type Group } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { EVERYONE, type Mention } from '#shared/messages/mentions.ts'

/** A text in the composer, and where it mentions people. */
export interface Draft {
  text: string
  mentions: readonly Mention[]
}

/** Returns the draft after the text has changed at one place. Mentions behind it move along, a mention that it touches becomes text. */
export function editDraft({ text: before, mentions }: Draft, after: string): Draft {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let kept = 0
  while (kept < shorter - from && before.at(-1 - kept) === after.at(-1 - kept)) kept += 1
  const to = before.length - kept
  const moved = mentions.flatMap((mention) => {
    if (mention.start + mention.length <= from) return mention
    return mention.start >= to ? { ...mention, start: mention.start + after.length - before.length } : []
  })
  return { text: after, mentions: moved }
}

/** Returns the draft with one mention more. */
export function addMention({ text, mentions }: Draft, mention: Mention): Draft {
  return { text, mentions: [...mentions, mention].toSorted((a, b) => a.start - b.start) }
}

/** Returns the draft without mentions that the rules deny: a draft can be older than the end of its writer's time as an admin. */
export function allowedDraft({ text, mentions }: Draft, group: Group | null, me: UserId): Draft {
  const mayNameAll = group !== null && mayMentionEveryone(group, me)
  return { text, mentions: mentions.filter(({ who }) => who !== EVERYONE || mayNameAll) }
}

/** Longest name that is looked for, in UTF-16 code units. */
const MAX_QUERY = 50

/** The start of a name that is being typed after an `@`. */
export interface MentionQuery {
  /** The place of the `@`. */
  start: number
  /** The letters between the `@` and the caret. */
  name: string
}

/** Returns the name that is being typed before the caret, or null. An `@` inside a word, as in an address, starts no name. */
export function mentionQuery({ text, mentions }: Draft, caret: number): MentionQuery | null {
  const start = caret === 0 ? -1 : text.lastIndexOf('@', caret - 1)
  if (start === -1 || caret - start > MAX_QUERY + 1) return null
  const name = text.slice(start + 1, caret)
  const isInWord = /[\p{L}\p{N}_]$/u.test(text.slice(0, start))
  const isMention = mentions.some(
    (mention) => mention.start <= start && start < mention.start + mention.length,
  )
  return isInWord || isMention || /^\s|\n/u.test(name) ? null : { start, name }
}
