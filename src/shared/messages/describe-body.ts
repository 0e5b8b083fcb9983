import { displayLine } from '../domain/display-text.ts'
import { describe, type MessageBody } from './body.ts'
import type { MessagePhrase } from './kinds/kind.ts'
import { PREVIEW_LIMIT } from './kinds/text.ts'

export interface BodyLine {
  /** Safe to show (see display-text.ts); empty when the sender's words have no visible character. */
  text: string
  /** False for a phrase of the catalogue, which replaces the sender's words. */
  isQuote: boolean
}

/**
 * Describes a message in one line, for the chat list, notifications and screen readers. A `body` of null is a deleted message.
 * `own`: the reader wrote it.
 */
export function describeBody(
  t: (phrase: MessagePhrase) => string,
  body: MessageBody | null,
  own = false,
): BodyLine {
  const description = body === null ? deletedPhrase(own) : describe(body)
  return 'text' in description
    ? { text: displayLine(description.text, PREVIEW_LIMIT), isQuote: true }
    : { text: t(description.phrase), isQuote: false }
}

function deletedPhrase(own: boolean): { phrase: MessagePhrase } {
  return { phrase: own ? 'message.deletedByYou' : 'message.deleted' }
}
