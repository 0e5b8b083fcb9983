import fc from 'fast-check'
import { expect, it } from 'vitest'
import { thumbhashSchema } from '#shared/messages/attachment.ts'
import { thumbhashUrl } from './thumbhash.ts'

it('decodes a hash to a small picture, and the same hash to the same text', () => {
  const url = thumbhashUrl('1QcSHQRnh493V4dIh4eXh1h4kJUI')
  expect(url).toMatch(/^data:image\/png;base64,/)
  expect(thumbhashUrl('1QcSHQRnh493V4dIh4eXh1h4kJUI')).toBe(url)
})

it('has no picture for a missing hash', () => {
  expect(thumbhashUrl('')).toBeNull()
  expect(thumbhashUrl('AAAA')).toBeNull()
})

it('never throws, and makes nothing large, for any hash that a message can have', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 33 }), (bytes) => {
      const hash = thumbhashSchema.parse(btoa(String.fromCharCode(...bytes)))
      expect(thumbhashUrl(hash)?.length ?? 0).toBeLessThan(10_000)
    }),
  )
})
