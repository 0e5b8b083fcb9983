import { z } from 'zod'
import {
  ATTACHMENT_LIMIT,
  durationSchema,
  mimeSchema,
  sha256Schema,
  sideSchema,
  thumbhashSchema,
} from '../messages/attachment.ts'
import { NAME_LIMIT } from '../messages/kinds/file.ts'

/** How many files can be staged in one chat. */
export const STAGED_LIMIT = 30
/** Longest caption while it is being written, in UTF-16 code units, with the marks of its mentions. */
const CAPTION_LIMIT = 20_000

/** A file that the person has picked for a chat and not sent yet. Its bytes are in the media folder, so it survives a restart like a draft. */
export const stagedItemSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['photo', 'video', 'file']),
  sha256: sha256Schema,
  size: z.number().int().min(1).max(ATTACHMENT_LIMIT),
  mime: mimeSchema,
  name: z.string().min(1).max(NAME_LIMIT),
  /** Null where it has no picture. */
  width: sideSchema.nullable(),
  height: sideSchema.nullable(),
  /** Thumbhash; empty: none. */
  hash: thumbhashSchema,
  /** Of a video or a sound; null: it has none. */
  duration: durationSchema.nullable(),
  /** A marked text, as a draft (see toMarkedText). */
  caption: z.string().max(CAPTION_LIMIT),
  /** Send a picture or video as a file, unchanged. */
  asFile: z.boolean(),
})
export type StagedItem = z.infer<typeof stagedItemSchema>

export const stagedSchema = z.array(stagedItemSchema).max(STAGED_LIMIT)
