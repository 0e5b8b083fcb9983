/*
 * The types with which a file may be shown. A type counts only if the file begins as files of this type do: what a message says about
 * its file is not trusted. Types that can contain scripts (HTML, SVG, PDF) are not listed.
 */

/** Number of bytes that `contentTypeOf` needs. */
export const HEAD_LENGTH = 32

type Test = (head: Buffer) => boolean

const startsWith =
  (...bytes: number[]): Test =>
  (head) =>
    bytes.every((byte, index) => head[index] === byte)

const hasText =
  (text: string, at: number): Test =>
  (head) =>
    head.toString('latin1', at, at + text.length) === text

/** A RIFF file of this form. */
const riff =
  (form: string): Test =>
  (head) =>
    hasText('RIFF', 0)(head) && hasText(form, 8)(head)

/** MP4, MOV, M4A, AVIF: they differ in their brand. */
const isMp4 = hasText('ftyp', 4)
const isMatroska = startsWith(0x1a, 0x45, 0xdf, 0xa3)
const isOgg = hasText('OggS', 0)

const tests: Readonly<Record<string, Test>> = {
  'image/jpeg': startsWith(0xff, 0xd8, 0xff),
  'image/png': startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/gif': hasText('GIF8', 0),
  'image/webp': riff('WEBP'),
  'image/avif': (head) => isMp4(head) && /avif|avis|mif1/.test(head.toString('latin1', 8)),
  'video/mp4': isMp4,
  'video/quicktime': isMp4,
  'video/webm': isMatroska,
  'audio/mp4': isMp4,
  'audio/webm': isMatroska,
  'audio/ogg': isOgg,
  'audio/opus': isOgg,
  'audio/wav': riff('WAVE'),
  'audio/x-wav': riff('WAVE'),
  'audio/flac': hasText('fLaC', 0),
  'audio/mpeg': (head) => hasText('ID3', 0)(head) || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0),
  'audio/aac': (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0,
}

/** Returns `claimed` if the page may show the file with it, else the type of any bytes. */
export function contentTypeOf(claimed: string | null, head: Buffer): string {
  const type = claimed ?? ''
  const isTrue = Object.hasOwn(tests, type) && tests[type]?.(head) === true
  return isTrue ? type : 'application/octet-stream'
}
