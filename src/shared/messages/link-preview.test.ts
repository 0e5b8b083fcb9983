import { describe, expect, it } from 'vitest'
import { photo } from '../domain/test-data.ts'
import { bodySchema, readBody, toRawBody } from './body.ts'
import { linkPreviewSchema, type LinkPreview } from './link-preview.ts'

const link: LinkPreview = {
  url: 'https://example.org/a',
  title: 'A garden',
  description: '',
  image: photo.small,
}
const body = { kind: 'text', text: 'https://example.org/a' }
const read = (value: unknown) => readBody(toRawBody({ ...body, link: value }))

describe('the preview of a link', () => {
  it('is read as it was written', () => {
    expect(bodySchema.safeParse({ ...body, link }).success).toBe(true)
    expect(read(link)).toEqual({ ...body, link })
  })

  it('may have more fields in a newer version', () => {
    expect(read({ ...link, video: 'x' })).toEqual({ ...body, link })
  })

  it('is cut where it is too long, and loses a picture that cannot be read', () => {
    const long = { ...link, title: 'x'.repeat(200), description: 'y'.repeat(300), image: 'AAAA' }
    expect(read(long)).toEqual({
      ...body,
      link: { ...link, title: 'x'.repeat(120), description: 'y'.repeat(240), image: null },
    })
  })

  it.each([
    ['no map', 'https://example.org/a'],
    ['null', null],
    ['a link of another kind', { ...link, url: 'javascript:alert(1)' }],
    ['a link with spaces', { ...link, url: 'https://example.org/a b' }],
    ['a link that is too long', { ...link, url: `https://example.org/${'x'.repeat(2048)}` }],
    ['no title', { ...link, title: '' }],
    ['a description that is no text', { ...link, description: 7 }],
  ])('is left out when it is %s: the text stays', (_, value) => {
    expect(read(value)).toEqual(body)
    expect(linkPreviewSchema.safeParse(value).success).toBe(false)
  })

  it('can be of no size that fills the memory', () => {
    const header = Buffer.from(photo.small, 'base64')
    header.writeUInt16LE(16_383, 26)
    expect(linkPreviewSchema.safeParse({ ...link, image: header.toString('base64') }).success).toBe(false)
  })
})
