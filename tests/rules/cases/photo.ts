import { without, type Fields } from '../world.ts'

/* The photo of a person or a group, as the rules check it wherever it is stored. */

const smallHead = 'UklGRiQAAABXRUJQVlA4I'

export const photo: Fields = {
  object: '0123456789abcdef0123456789abcdef',
  sha256: '0123456789abcdef'.repeat(4),
  size: 50_000,
  small: `${smallHead}BgAAAAw`,
}

/** Other photos that are valid. */
export const validPhotos: Record<string, Fields> = {
  'the smallest photo': { ...photo, size: 1, small: smallHead },
  'the largest photo': { ...photo, size: 1_048_576, small: smallHead.padEnd(4000, 'A') },
  'a photo with the end of base64': { ...photo, small: `${smallHead}Vl+/AA==` },
}

/** Anything but a photo or null. */
export const wrongPhotos: Record<string, unknown> = {
  ...Object.fromEntries(Object.keys(photo).map((name) => [`without ${name}`, without(photo, name)])),
  'with a field more': { ...photo, url: 'https://example.org/x' },
  'with a short object': { ...photo, object: 'abc' },
  'with an object that is a path': { ...photo, object: '../../chats/x/0123456789abcdef0123' },
  'with a short hash': { ...photo, sha256: 'abc' },
  'with a hash of other letters': { ...photo, sha256: 'X'.repeat(64) },
  'of no bytes': { ...photo, size: 0 },
  'of half a byte': { ...photo, size: 0.5 },
  'of a fraction of bytes': { ...photo, size: 1.5 },
  'of more than a megabyte': { ...photo, size: 1_048_577 },
  'with a small picture of 4001 characters': { ...photo, small: smallHead.padEnd(4001, 'A') },
  'with a small picture of another format': { ...photo, small: 'PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+' },
  'with a small picture that has metadata': { ...photo, small: 'UklGRiQAAABXRUJQVlA4WAoAAAAg' },
  'with a small picture that is a URL': { ...photo, small: `${smallHead}https://example.org` },
  'with a small picture that is a list': { ...photo, small: [smallHead] },
  'that is a text': 'x',
  'that is a list': [],
  'that is true': true,
}
