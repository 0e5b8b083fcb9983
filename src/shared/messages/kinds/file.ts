import { z } from 'zod'
import { inlinePictureSchema } from '../../domain/inline-picture.ts'
import { attachmentReader, attachmentSchema } from '../attachment.ts'
import { cutText } from '../cut-text.ts'
import { captioned, captionReaders, captionShape } from './caption.ts'
import { defineKind } from './kind.ts'

/** Longest name of a file, in UTF-16 code units. */
export const NAME_LIMIT = 255
/** Longest cover, in characters. The rules have the same limit. */
export const COVER_LIMIT = 8000

/** The first page of a document as a small picture. The sender's app draws it, so that readers parse no document. */
export const coverSchema = inlinePictureSchema(COVER_LIMIT)

const kind = z.literal('file')
const words = captioned<z.infer<typeof schema>>('message.file')

/** Any other file: a document, audio, or a picture that is sent as it is. `name` comes from the sender and is never used as a path. */
const schema = z.strictObject({
  kind,
  file: attachmentSchema,
  name: z.string().min(1).max(NAME_LIMIT),
  cover: coverSchema.optional(),
  ...captionShape,
})

export const file = defineKind<z.infer<typeof schema>>({
  ...words,
  schema,
  reader: z.object({
    kind,
    file: attachmentReader,
    name: z.string().min(1).pipe(cutText(NAME_LIMIT)),
    cover: coverSchema.optional().catch(undefined),
    ...captionReaders,
  }),
  attachment: (body) => body.file,
  summarize(body) {
    const { cover: _, ...rest } = words.summarize(body)
    return rest
  },
  forward(body) {
    const { mentions: _, ...rest } = body
    return rest
  },
  describe: (body) => (body.text === undefined ? { text: body.name, mentions: [] } : words.describe(body)),
  searchText: (body) => [body.name, body.text ?? ''].join(' ').trim(),
})
