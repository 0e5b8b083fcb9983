import { onlyPixels } from '#shared/domain/webp.ts'
import { HEADER_BYTES, readImageHeader } from './image-header.ts'
import type { PhotoRenderer, PhotoTask } from './photo-tasks.ts'
import { unedited } from './picture-geometry.ts'

/** Most pixels of a picture that is decoded for this: 100 MB in memory. */
const MAX_PIXELS = 25_000_000

/** The picture is drawn again, with less of both, until it is short enough. */
const ATTEMPTS: readonly { share: number; use: PhotoTask['use'] }[] = [
  { share: 1, use: 'inline' },
  { share: 1, use: 'inlineLow' },
  { share: 1 / 2, use: 'inlineLow' },
]

export interface InlineSize {
  /** Longest side, in pixels. */
  side: number
  /** Characters of base64. */
  limit: number
}

/** Draws a picture small enough for a document (see inlinePictureSchema). Null: it is none, has too many pixels, or stays too long. */
export async function inlinePicture(
  photos: PhotoRenderer,
  source: Blob,
  { side, limit }: InlineSize,
): Promise<string | null> {
  const header = readImageHeader(new Uint8Array(await source.slice(0, HEADER_BYTES).arrayBuffer()))
  if (header === null || header.width * header.height > MAX_PIXELS) return null
  for (const { share, use } of ATTEMPTS) {
    const photo = await photos.render({ source, edit: unedited, longest: side * share, use })
    if (photo === null) return null
    const picture = toBase64(onlyPixels(new Uint8Array(await photo.bytes.arrayBuffer())))
    if (picture.length <= limit) return picture
  }
  return null
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
