import { z } from 'zod'
import {
  albumIdSchema,
  attachmentReader,
  attachmentSchema,
  durationSchema,
  sideSchema,
  thumbhashSchema,
} from '../attachment.ts'
import { captioned, captionReaders, captionShape } from './caption.ts'
import { defineKind } from './kind.ts'

const fields = {
  kind: z.literal('video'),
  width: sideSchema,
  height: sideSchema,
  duration: durationSchema,
  /** Of a picture of the first second. */
  hash: thumbhashSchema,
  album: albumIdSchema.optional(),
}

const schema = z.strictObject({ ...fields, file: attachmentSchema, ...captionShape })

export const video = defineKind<z.infer<typeof schema>>({
  schema,
  reader: z.object({ ...fields, file: attachmentReader, ...captionReaders }),
  attachment: (body) => body.file,
  forward(body) {
    const { album: _, mentions: __, ...rest } = body
    return rest
  },
  ...captioned('message.video'),
})
