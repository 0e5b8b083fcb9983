import { describe, expect, it } from 'vitest'
import { publicPhoto } from './account.ts'
import { inlinePictureUrl } from './inline-picture.ts'
import { photoSchema, samePhoto, smallPictureSchema, type Photo } from './photo.ts'
import { photo } from './test-data.ts'

/** The header of a WebP file, in base64. */
function webp(width: number, height: number, name = 'WEBPVP8 '): string {
  const header = Buffer.alloc(30)
  header.write('RIFF', 0)
  header.write(name, 8)
  header.writeUInt16LE(width, 26)
  header.writeUInt16LE(height, 28)
  return header.toString('base64')
}
const isAllowed = (small: string): boolean => smallPictureSchema.safeParse(small).success

describe('the small picture', () => {
  it('is a WebP file with sides of at most 256 pixels', () => {
    expect([webp(96, 96), webp(1, 256), webp(256, 1)].every(isAllowed)).toBe(true)
    expect([webp(257, 96), webp(96, 257), webp(16_383, 16_383)].some(isAllowed)).toBe(false)
  })

  it('has a side at all', () => {
    expect([webp(0, 96), webp(96, 0)].some(isAllowed)).toBe(false)
  })

  it('is nothing else', () => {
    const others = {
      empty: '',
      'a JPEG file': '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQg=',
      'an SVG file': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
      'a sound': webp(96, 96, 'WAVEfmt '),
      'a lossless picture': webp(96, 96, 'WEBPVP8L'),
      'a picture with metadata': webp(96, 96, 'WEBPVP8X'),
      'the end of a URL': `${webp(96, 96)}","https://example.org`,
      'a header that is cut off': webp(96, 96).slice(0, 24),
      'a text of another length': `${webp(96, 96)}A`,
      'too long a text': webp(96, 96).padEnd(4004, 'A'),
    }
    for (const [name, small] of Object.entries(others)) expect(isAllowed(small), name).toBe(false)
    expect(isAllowed(webp(96, 96).padEnd(4000, 'A'))).toBe(true)
  })

  it('is shown as what it is', () => {
    expect(inlinePictureUrl(photo.small)).toMatch(/^data:image\/webp;base64,UklGR/)
  })
})

it('names an object, never a path or a URL', () => {
  expect(photoSchema.safeParse(photo).success).toBe(true)
  const wrong: Record<keyof Photo, unknown> = {
    object: '../../chats/x',
    sha256: 'x',
    size: 1_048_577,
    small: 'https://example.org/x.webp',
  }
  for (const [name, value] of Object.entries(wrong))
    expect(photoSchema.safeParse({ ...photo, [name]: value }).success, name).toBe(false)
})

it('is in the profile only while everyone may see it', () => {
  const shown = (choice: 'everyone' | 'contacts' | 'nobody', own: Photo | null) =>
    publicPhoto({ photo: own }, { photo: choice })
  expect(shown('everyone', photo)).toBe(photo)
  expect(shown('contacts', photo)).toBe('contacts')
  // Strangers do not learn whether there is one.
  expect(shown('contacts', null)).toBe('contacts')
  expect(shown('nobody', photo)).toBeNull()
})

it('is the same as long as its object is', () => {
  expect(samePhoto(photo, { ...photo })).toBe(true)
  expect(samePhoto(null, null)).toBe(true)
  expect(samePhoto(photo, null)).toBe(false)
})
