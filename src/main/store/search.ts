import type { Args } from '#shared/bridge.ts'
import type { Message } from '#shared/domain/message.ts'
import type { Context } from './context.ts'
import { MESSAGE_COLUMNS, toMessages } from './message-rows.ts'

/** How many hits, newest first, a search in one chat looks at to find its own: bounds a common word's time. */
const CANDIDATES = 20_000

/** Messages that hold all words of the text, the last one as a beginning; newest first. No words: no messages. */
export function search(context: Context, { text, chatId, limit }: Args<'replica.search'>): Message[] {
  const query = toQuery(text)
  if (query === '') return []
  const rows = context.db.all(
    `SELECT ${MESSAGE_COLUMNS}
     FROM (SELECT rowid AS key FROM message_words WHERE message_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2) hit
     CROSS JOIN messages m ON m.search_key = hit.key
     WHERE ?3 IS NULL OR m.chat_id = ?3
     ORDER BY hit.key DESC LIMIT ?4`,
    query,
    CANDIDATES,
    chatId,
    limit,
  )
  return toMessages(context, rows)
}

/** The words, each quoted: nothing that a person types is an operator. White space, signs and emoji are no words. */
export function toQuery(text: string): string {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)
  return words === null ? '' : `${words.map((word) => `"${word}"`).join(' ')}*`
}
