import { z } from 'zod'
import {
  albumIdSchema,
  attachmentReader,
  attachmentSchema,
  sideSchema,
  thumbhashSchema,
} from '../attachment.ts'
import { captioned, captionReaders, captionShape } from './caption.ts'
import { defineKind } from './kind.ts'

const fields = {
  kind: z.literal('photo'),
  width: sideSchema,
  height: sideSchema,
  hash: thumbhashSchema,
  album: albumIdSchema.optional(),
}

/** A picture, upright, whose metadata was removed. */
const schema = z.strictObject({ ...fields, file: attachmentSchema, ...captionShape })

export const photo = defineKind<z.infer<typeof schema>>({
  schema,
  reader: z.object({ ...fields, file: attachmentReader, ...captionReaders }),
  attachment: (body) => body.file,
  forward(body) {
    const { album: _, mentions: __, ...rest } = body
    return rest
  },
  ...captioned('message.photo'),
})
