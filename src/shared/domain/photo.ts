import { z } from 'zod'
import { objectIdSchema, sha256Schema, type Attachment } from '../messages/attachment.ts'
import { inlinePictureSchema } from './inline-picture.ts'

/** Longest sides of the two pictures that the app makes, in pixels. */
export const FULL_SIDE = 640
export const SMALL_SIDE = 96
/** Largest full picture, in bytes. The rules have this limit and the next one. */
export const FULL_LIMIT = 1024 * 1024
/** Longest small picture, in characters of base64. */
export const SMALL_LIMIT = 4000
export const FULL_MIME = 'image/jpeg'

export const smallPictureSchema = inlinePictureSchema(SMALL_LIMIT)

/** The photo of a person or a group. The small picture is in the document itself, so that lists need no download. */
export const photoSchema = z.strictObject({
  /** The full picture in Storage: a square JPEG file. */
  object: objectIdSchema,
  sha256: sha256Schema,
  size: z.number().int().min(1).max(FULL_LIMIT),
  small: smallPictureSchema,
})
export type Photo = z.infer<typeof photoSchema>

/** The same from the wire: fields of newer versions are ignored. */
export const photoReader = z.object(photoSchema.shape)

/** A picture in the two sizes of a photo, before it is stored. */
export interface Picture {
  /** A square JPEG file. */
  full: Blob
  small: string
}

/** The full picture, as a file to transfer. */
export function fullPicture({ object, sha256, size }: Photo): Attachment {
  return { object, sha256, size, mime: FULL_MIME, enc: null }
}

export function samePhoto(a: Photo | null, b: Photo | null): boolean {
  return a?.object === b?.object
}
