import { z } from 'zod'
import { cutText } from '../cut-text.ts'
import { linkPreviewReader, linkPreviewSchema } from '../link-preview.ts'
import {
  fromMarkedText,
  mentionsSchema,
  readMentions,
  toMarkedText,
  withMentions,
  withNames,
  type MentioningText,
} from '../mentions.ts'
import { defineKind } from './kind.ts'

/** Longest text of a message, in UTF-16 code units (the unit of `String.length` and of `size()` in the rules). */
export const TEXT_LIMIT = 4096
/** Longest line of a preview, in UTF-16 code units. */
export const PREVIEW_LIMIT = 120

const kind = z.literal('text')

export const text = defineKind({
  schema: z.strictObject({
    kind,
    text: z.string().min(1).max(TEXT_LIMIT),
    mentions: mentionsSchema.optional(),
    link: linkPreviewSchema.optional(),
  }),
  reader: z.object({
    kind,
    text: z.string().min(1).pipe(cutText(TEXT_LIMIT)),
    mentions: mentionsSchema.optional().catch(undefined),
    link: linkPreviewReader.optional().catch(undefined),
  }),
  attachment: () => null,
  mentions: (body) => readMentions(body),
  describe: (body) => {
    const preview = previewOfText(body)
    return { text: preview.text, mentions: readMentions(preview) }
  },
  summarize: (body) => {
    const preview = previewOfText(body)
    // The preview of a text of white space is empty, but the schema allows no empty text.
    return { kind: body.kind, ...preview, text: preview.text || ' ' }
  },
  // The text as the sender wrote it: the index does not follow a change of a name.
  searchText: (body) => body.text,
  copyText: (body, nameOf) => withNames({ text: body.text, mentions: readMentions(body) }, nameOf),
  forward: ({ kind: ofText, text: words }) => ({ kind: ofText, text: words }),
  draftText: (body) => toMarkedText({ text: body.text, mentions: readMentions(body) }),
})

/** Folds white space and cuts at PREVIEW_LIMIT, never inside a surrogate pair. A mention that is cut becomes text. */
export function previewOfText(body: MentioningText): MentioningText {
  const marked = toMarkedText({ text: body.text, mentions: readMentions(body) })
  const { text: line, mentions } = fromMarkedText(marked.replace(/\s+/gu, ' ').trim())
  if (line.length <= PREVIEW_LIMIT) return withMentions(line, mentions)
  const cut = line.slice(0, PREVIEW_LIMIT - 1).replace(/[\uD800-\uDBFF]$/u, '')
  return withMentions(
    `${cut}…`,
    mentions.filter(({ start, length }) => start + length <= cut.length),
  )
}
