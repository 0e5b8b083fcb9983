import { z } from 'zod'
import type { Args } from '#shared/bridge/index.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { kindNames } from '#shared/messages/kinds/index.ts'
import { textOf } from '#shared/messages/body.ts'
import { fromJson, type Context } from './context.ts'
import type { Database } from './database.ts'
import { MESSAGE_COLUMNS, readBodyColumn, toMessages } from './messages-read.ts'

/** Most hits that a search examines, newest first. Limits the time for a common word. */
const MAX_HITS = 20_000

/** Returns the messages that contain all words of the text, the last one as a prefix, newest first. Without words: none. */
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
    MAX_HITS,
    chatId,
    limit,
  )
  return toMessages(context, rows)
}

/** Quotes each word, so that SQLite does not read it as an operator, for example OR. White space, punctuation and emoji are not words. */
export function toQuery(text: string): string {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)
  return words === null ? '' : `${words.map((word) => `"${word}"`).join(' ')}*`
}

/** Defines the SQL functions that the triggers of the search index call. Call it before the first statement. */
export function defineSearchFunctions(database: Database): void {
  database.defineFunction('search_text', (body) => textOf('searchText', readBodyColumn(body)))
  database.defineFunction('body_kind', (body) => readBodyColumn(body)?.kind ?? null)
}

/** Indexes the stored messages whose kind was unknown to the version that stored them. */
export function indexNewKinds(database: Database): void {
  const column = database.get('SELECT indexed_kinds FROM owner')?.['indexed_kinds']
  const current = JSON.stringify(kindNames)
  if (column === current) return
  const indexed = z
    .array(z.string())
    .catch([])
    .parse(fromJson(column ?? null))
  const added = JSON.stringify(kindNames.filter((kind) => !indexed.includes(kind)))
  database.transaction(true, () => {
    const rows = 'FROM messages WHERE body_kind(body) IN (SELECT value FROM json_each(?))'
    database.run(`DELETE FROM message_words WHERE rowid IN (SELECT search_key ${rows})`, added)
    database.run(
      `INSERT INTO message_words (rowid, text) SELECT search_key, search_text(body) ${rows} AND search_text(body) IS NOT NULL`,
      added,
    )
    database.run('UPDATE owner SET indexed_kinds = ?', current)
  })
}
