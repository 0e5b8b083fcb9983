import { z } from 'zod'
import { attachmentReader, attachmentSchema, durationSchema } from '../attachment.ts'
import { defineKind } from './kind.ts'

/** Number of loudness values of a voice note. */
export const WAVE_BARS = 48
/** The type of the file: Opus in WebM, as the app records it. */
export const VOICE_MIME = 'audio/webm'

const fields = {
  kind: z.literal('voice'),
  duration: durationSchema,
  /** The loudness over time: WAVE_BARS characters, each a hexadecimal digit. */
  wave: z.string().regex(/^[0-9a-f]{48}$/),
}

/** A recorded voice note. */
const schema = z.strictObject({ ...fields, file: attachmentSchema })

export const voice = defineKind<z.infer<typeof schema>>({
  schema,
  reader: z.object({ ...fields, file: attachmentReader }),
  attachment: (body) => body.file,
  forward: (body) => body,
  describe: () => ({ phrase: 'message.voice' }),
  summarize: (body) => body,
  mentions: () => [],
  searchText: () => null,
  copyText: () => null,
  draftText: () => null,
})
