import { z } from 'zod'
import { objectIdSchema, sha256Schema, type Attachment } from '../messages/attachment.ts'

/** Longest sides of the two pictures that the app makes, in pixels. */
export const FULL_SIDE = 640
export const SMALL_SIDE = 96
/** Largest full picture, in bytes. The rules have this limit and the next one. */
export const FULL_LIMIT = 1024 * 1024
/** Longest small picture, in characters of base64. */
export const SMALL_LIMIT = 4000
/** Longest side of a small picture that another client may have made, in pixels. */
const MAX_SMALL_SIDE = 256
export const FULL_MIME = 'image/jpeg'

/**
 * A small picture: a WebP file of the simple, lossy format in base64. The sides in its header are checked, because three kilobytes can
 * be the file of a picture that takes a gigabyte of memory.
 */
export const smallPictureSchema = z
  .string()
  .max(SMALL_LIMIT)
  // `RIFF`, a length, `WEBPVP8 `.
  .regex(/^UklGR[A-Za-z0-9+/]{6}XRUJQVlA4I[A-P][A-Za-z0-9+/]*={0,2}$/)
  .refine((small) => small.length % 4 === 0 && sidesOf(small).every(isSmallSide))

const isSmallSide = (side: number): boolean => side >= 1 && side <= MAX_SMALL_SIDE

/** Length of the part of a WebP file that contains its sides: 30 bytes, in characters of base64. */
const HEADER_LENGTH = 40

/** Reads width and height: 14 bits each, at the end of the header. 0 where the header is cut off. */
function sidesOf(small: string): [number, number] {
  const header = atob(small.slice(0, HEADER_LENGTH))
  const at = (index: number): number => header.charCodeAt(index) | (header.charCodeAt(index + 1) << 8)
  return [at(26) & 0x3fff, at(28) & 0x3fff]
}

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

/** What an `<img>` shows. */
export function smallPictureUrl(small: string): string {
  return `data:image/webp;base64,${small}`
}

/** The full picture, as a file to transfer. */
export function fullPicture({ object, sha256, size }: Photo): Attachment {
  return { object, sha256, size, mime: FULL_MIME, enc: null }
}

export function samePhoto(a: Photo | null, b: Photo | null): boolean {
  return a?.object === b?.object
}
