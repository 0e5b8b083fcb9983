import type { TFunction } from 'i18next'
import { displayLine, isBlank, isolated } from '../domain/display-text.ts'
import { TITLE_LIMIT } from '../domain/group.ts'
import type { UserId } from '../domain/ids.ts'
import { describe, type MessageBody } from './body.ts'
import type { EventBody } from './kinds/event.ts'
import type { MessagePhrase } from './kinds/kind.ts'
import { PREVIEW_LIMIT } from './kinds/text.ts'
import { withNames, type MentionName } from './mentions.ts'

export interface BodyLine {
  /** Safe to show (see display-text.ts). */
  text: string
  /** False for a phrase of the catalogue, which replaces the sender's words. */
  isQuote: boolean
}

/** Who sent the message, for the one who reads it. */
export interface Sender {
  /** The reader wrote it. */
  own: boolean
  /** For display; never empty. */
  name: string
  /** The name of a person in an event, for display; null: the reader. */
  nameOf: (userId: UserId) => string | null
  mentionName: MentionName
}

/**
 * Describes a message in one line, for the chat list, notifications and screen readers. A `body` of null is a deleted message.
 */
export function describeBody(t: TFunction, body: MessageBody | null, sender: Sender): BodyLine {
  const description = body === null ? deletedPhrase(sender.own) : describe(body)
  if ('event' in description) return { text: describeEvent(t, description.event, sender), isQuote: false }
  if ('phrase' in description) return { text: t(description.phrase), isQuote: false }
  const text = displayLine(withNames(description, sender.mentionName), PREVIEW_LIMIT)
  if (isBlank(text)) return { text: t(description.of ?? 'message.empty'), isQuote: false }
  const of = description.of === undefined ? null : t(description.of)
  return { text: of === null ? text : t('message.captioned', { of, text }), isQuote: true }
}

function deletedPhrase(own: boolean): { phrase: MessagePhrase } {
  return { phrase: own ? 'message.deletedByYou' : 'message.deleted' }
}

/** One change of a group, in the reader's language: “Ana added you and Ben”. */
function describeEvent(t: TFunction, body: EventBody, sender: Sender): string {
  const name = isolated(sender.name)
  if ('title' in body) {
    const title = isolated(displayLine(body.title, TITLE_LIMIT))
    return sender.own
      ? t(`event.named.${body.event}ByYou`, { title })
      : t(`event.named.${body.event}`, { name, title })
  }
  if ('uids' in body && body.event !== 'left' && body.event !== 'joined') {
    // The reader comes first, so that they are not among the others who are only counted.
    const known = body.uids
      .map((id) => sender.nameOf(id))
      .toSorted((a, b) => Number(b === null) - Number(a === null))
    const names = known.map((one) => shownName(t, one))
    const who = listOf(t, names)
    return sender.own
      ? t(`event.people.${body.event}ByYou`, { who })
      : t(`event.people.${body.event}`, { name, who })
  }
  const event = body.event === 'photo' && body.photo === null ? 'photoRemoved' : body.event
  return sender.own ? t(`event.plain.${event}ByYou`) : t(`event.plain.${event}`, { name })
}

function shownName(t: TFunction, name: string | null): string {
  return name === null ? t('event.you') : isolated(name)
}

function listOf(t: TFunction, [first = '', second, ...others]: readonly string[]): string {
  if (second === undefined) return first
  return others.length === 0
    ? t('event.two', { first, second })
    : t('event.more', { first, second, count: others.length })
}
