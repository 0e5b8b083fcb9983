import { expect, it } from 'vitest'
import { sha256Schema } from '#shared/messages/attachment.ts'
import { mediaUrl } from './media-url.ts'

const sha256 = sha256Schema.parse('a'.repeat(64))

it('names another host of the scheme of the page, with the type', () => {
  expect(mediaUrl(sha256, 'image/png', 'app://perch/index.html#x')).toBe(
    `app://media/${sha256}?type=image%2Fpng`,
  )
  expect(mediaUrl(sha256, 'image/png', 'http://perch.app.localhost/index.html')).toBe(
    `http://media.app.localhost/${sha256}?type=image%2Fpng`,
  )
})
