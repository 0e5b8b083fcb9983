import { z } from 'zod'
import { cutText } from '../cut-text.ts'
import { defineKind } from './kind.ts'

/** Longest text of a message, in UTF-16 code units (the unit of `String.length` and of `size()` in the rules). */
export const TEXT_LIMIT = 4096
/** Longest line of a preview, in UTF-16 code units. */
export const PREVIEW_LIMIT = 120

const kind = z.literal('text')

export const text = defineKind({
  schema: z.strictObject({ kind, text: z.string().min(1).max(TEXT_LIMIT) }),
  reader: z.object({ kind, text: z.string().min(1).pipe(cutText(TEXT_LIMIT)) }),
  describe: (body) => ({ text: previewOfText(body.text) }),
  // The preview of a text of white space is empty, but the schema allows no empty text.
  summarize: (body) => ({ ...body, text: previewOfText(body.text) || ' ' }),
  searchText: (body) => body.text,
  copyText: (body) => body.text,
  draftText: (body) => body.text,
})

/** Folds white space and cuts at PREVIEW_LIMIT, never inside a surrogate pair. */
export function previewOfText(value: string): string {
  const line = value.replace(/\s+/gu, ' ').trim()
  if (line.length <= PREVIEW_LIMIT) return line
  const cut = line.slice(0, PREVIEW_LIMIT - 1)
  return `${cut.replace(/[\uD800-\uDBFF]$/u, '')}…`
}
