import { displayLine, isBlank } from '../domain/display-text.ts'
import { describe, type MessageBody } from './body.ts'
import type { MessagePhrase } from './kinds/kind.ts'
import { PREVIEW_LIMIT } from './kinds/text.ts'

export interface BodyLine {
  /** Safe to show (see display-text.ts). */
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
  if ('phrase' in description) return { text: t(description.phrase), isQuote: false }
  const text = displayLine(description.text, PREVIEW_LIMIT)
  return isBlank(text) ? { text: t('message.empty'), isQuote: false } : { text, isQuote: true }
}

function deletedPhrase(own: boolean): { phrase: MessagePhrase } {
  return { phrase: own ? 'message.deletedByYou' : 'message.deleted' }
}
