import { rgbaToThumbHash } from 'thumbhash'

/** Longest side of the picture that a thumbhash is made from, in pixels. The library takes no larger one. */
export const HASH_SIDE = 100

/** Returns the thumbhash of a small picture, in base64. */
export function thumbhashOf({ data, width, height }: ImageData): string {
  return btoa(String.fromCharCode(...rgbaToThumbHash(width, height, data)))
}
