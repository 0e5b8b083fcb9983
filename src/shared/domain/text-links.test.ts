import { describe, expect, it } from 'vitest'
import type { LinkPreview } from '../messages/link-preview.ts'
import { linksIn, previewedLink, shownLink } from './text-links.ts'

describe('linksIn', () => {
  it('finds the links of a text, each once', () => {
    expect(linksIn('See https://example.org/a and *https://example.org/b*\n- https://example.org/a')).toEqual(
      ['https://example.org/a', 'https://example.org/b'],
    )
  })
})

describe('previewedLink', () => {
  it.each([
    ['https://example.org', 'https://example.org/'],
    ['Look: *HTTP://Example.org/a?b=c#d*.', 'http://example.org/a?b=c#d'],
    ['example.org, or https://example.net', 'https://example.net/'],
    ['https://a.example https://b.example', 'https://a.example/'],
  ])('of %s', (text, url) => {
    expect(previewedLink(text)).toBe(url)
  })

  it.each([
    'notes.md',
    'example.org',
    'www.example.org',
    'mailto:ada@example.org',
    'perch://join/aaaaaaaaaaaaaaaaaaaa/0123456789abcdef0123456789abcdef',
    '`https://example.org`',
    'https://',
    `https://example.org/${'x'.repeat(2048)}`,
    '',
  ])('none of %s', (text) => {
    expect(previewedLink(text)).toBeNull()
  })
})

describe('shownLink', () => {
  const link: LinkPreview = { url: 'https://example.org/', title: 'T', description: '', image: null }
  const shown = (text: string, url = link.url) => shownLink({ kind: 'text', text, link: { ...link, url } })

  it('is the preview of a link in the text', () => {
    expect(shown('first https://example.com then https://example.org')).toEqual(link)
    expect(shownLink({ kind: 'text', text: 'https://example.org' })).toBeUndefined()
  })

  it.each([
    ['another server', 'https://example.org', 'https://evil.example/'],
    ['another page', 'https://example.org/a', 'https://example.org/b'],
    ['the beginning of a link', 'https://example.org.evil.example', 'https://example.org'],
    ['a part of a link', 'https://good.example/?https://evil.example/', 'https://evil.example/'],
    ['a link in code', '`https://example.org/`', 'https://example.org/'],
    ['a text without links', 'Look', 'https://example.org/'],
  ])('is not one of %s', (_, text, url) => {
    expect(shown(text, url)).toBeUndefined()
  })
})
