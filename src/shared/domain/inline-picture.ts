import { z } from 'zod'

/** Longest side of a small picture that another client may have made, in pixels. */
const MAX_SIDE = 256

/**
 * A small picture inside a document: a WebP file of the simple, lossy format in base64, at most `limit` characters. The sides in its
 * header are checked, because three kilobytes can be the file of a picture that takes a gigabyte of memory.
 */
export function inlinePictureSchema(limit: number): z.ZodType<string, string> {
  return (
    z
      .string()
      .max(limit)
      // `RIFF`, a length, `WEBPVP8 `.
      .regex(/^UklGR[A-Za-z0-9+/]{6}XRUJQVlA4I[A-P][A-Za-z0-9+/]*={0,2}$/)
      .refine((picture) => picture.length % 4 === 0 && sidesOf(picture).every(isSmall))
  )
}

const isSmall = (side: number): boolean => side >= 1 && side <= MAX_SIDE

/** Length of the part of a WebP file that contains its sides: 30 bytes, in characters of base64. */
const HEADER_LENGTH = 40

/** Reads width and height: 14 bits each, at the end of the header. 0 where the header is cut off. */
function sidesOf(picture: string): [number, number] {
  const header = atob(picture.slice(0, HEADER_LENGTH))
  const at = (index: number): number => header.charCodeAt(index) | (header.charCodeAt(index + 1) << 8)
  return [at(26) & 0x3fff, at(28) & 0x3fff]
}

/** What an `<img>` shows. */
export function inlinePictureUrl(picture: string): string {
  return `data:image/webp;base64,${picture}`
}
