import { expect, it } from 'vitest'
import { smallPictureSchema } from './photo.ts'
import { photo } from './test-data.ts'
import { onlyPixels } from './webp.ts'

const simple = Buffer.from(photo.small, 'base64')
const pixels = simple.subarray(12)

/** A chunk, padded to an even length. */
function chunk(name: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from(name), length, content, Buffer.alloc(content.length % 2)])
}
const file = (...chunks: Uint8Array[]): Buffer => Buffer.concat([Buffer.from('RIFF0000WEBP'), ...chunks])

it('keeps only the pixels of a file with a colour profile', () => {
  const profiled = file(chunk('VP8X', Buffer.alloc(10)), chunk('ICCP', Buffer.alloc(7)), pixels)
  expect(Buffer.from(onlyPixels(profiled)).equals(simple)).toBe(true)
  expect(smallPictureSchema.safeParse(Buffer.from(onlyPixels(profiled)).toString('base64')).success).toBe(
    true,
  )
})

it('keeps a simple file as it is', () => {
  expect(Buffer.from(onlyPixels(simple)).equals(simple)).toBe(true)
})

it('refuses a file without lossy pixels', () => {
  expect(() => onlyPixels(file(chunk('VP8L', Buffer.alloc(9))))).toThrow('Not a lossy WebP file')
  expect(() => onlyPixels(new Uint8Array(3))).toThrow('Not a lossy WebP file')
})
