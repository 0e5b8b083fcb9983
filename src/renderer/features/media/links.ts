import { linksIn } from '#shared/domain/text-links.ts'
import type { Message } from '#shared/messages/envelope.ts'

/** The links of a text message, each once, in their order. */
export function linksOf({ body }: Pick<Message, 'body'>): string[] {
  return body?.kind === 'text' ? linksIn(body.text) : []
}
