import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ATTACHMENT_LIMIT, storedTypeOf } from './attachment.ts'

it.each([
  'image/jpeg',
  'image/webp',
  'video/mp4',
  'video/x-matroska',
  'audio/ogg',
  'text/plain',
  'application/pdf',
  'application/octet-stream',
])('uploads %s with its type', (mime) => {
  expect(storedTypeOf(mime)).toBe(mime)
})

it.each([
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'application/javascript',
  'application/vnd.oasis.opendocument.text',
  'text/plain; charset=utf-8',
  'xvideo/mp4',
  'video/mp4\nX: y',
  '',
])('uploads %j as bytes', (mime) => {
  expect(storedTypeOf(mime)).toBe('application/octet-stream')
})

it('has the bounds of the rules', () => {
  const rules = readFileSync('storage.rules', 'utf8')
  const type = /contentType\.matches\('([^']+)'\)/.exec(rules)?.[1] ?? ''
  const allowed = new RegExp(`^(?:${type})$`)
  for (const mime of ['image/avif', 'image/tiff', 'audio/mpeg', `audio/${'x'.repeat(92)}`, 'text/css']) {
    expect(storedTypeOf(mime) === mime, mime).toBe(allowed.test(mime))
  }
  expect(allowed.test(storedTypeOf('text/html'))).toBe(true)
  expect(rules).toContain(`, ${ATTACHMENT_LIMIT})`)
})
