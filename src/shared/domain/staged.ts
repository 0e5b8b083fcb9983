import { z } from 'zod'
import {
  ATTACHMENT_LIMIT,
  durationSchema,
  mimeSchema,
  sha256Schema,
  sideSchema,
  thumbhashSchema,
} from '../messages/attachment.ts'
import { coverSchema, NAME_LIMIT } from '../messages/kinds/file.ts'

/** How many files can be staged in one chat. */
export const STAGED_LIMIT = 30
/** Longest caption while it is being written, in UTF-16 code units, with the marks of its mentions. */
const CAPTION_LIMIT = 20_000

/** A share of a picture's width or height. */
const shareSchema = z.number().min(0).max(1)

/** What was changed in a photo: first it is turned clockwise by quarters, then cropped. The crop is measured on the turned picture. */
export const photoEditSchema = z.strictObject({
  turns: z.number().int().min(0).max(3),
  crop: z
    .strictObject({ x: shareSchema, y: shareSchema, width: shareSchema, height: shareSchema })
    .nullable(),
})
export type PhotoEdit = z.infer<typeof photoEditSchema>

export const qualitySchema = z.enum(['standard', 'high', 'original'])
export type Quality = z.infer<typeof qualitySchema>

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
  /** Of a document. Absent: it has none. */
  cover: coverSchema.optional(),
  /** A marked text, as a draft (see toMarkedText). */
  caption: z.string().max(CAPTION_LIMIT),
  /** Send a picture or video as a file, unchanged. */
  asFile: z.boolean(),
  /** Of a photo. Absent: it is not changed. */
  edit: photoEditSchema.optional(),
  /** How large a photo is sent. Absent: `standard`. */
  quality: qualitySchema.optional(),
})
export type StagedItem = z.infer<typeof stagedItemSchema>

export const stagedSchema = z.array(stagedItemSchema).max(STAGED_LIMIT)
