import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { externalUrl } from './external-url.ts'

describe('externalUrl', () => {
  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
    ['HTTP://EXAMPLE.org', 'http://example.org/'],
    ['mailto:ada@example.org', 'mailto:ada@example.org'],
    ['https://раураl.example/', 'https://xn--l-7sba6dbr.example/'],
  ])('opens %s', (text, opened) => {
    expect(externalUrl(text)).toBe(opened)
  })

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    'perch://settings',
    'app://perch/index.html',
    'data:text/html,x',
    'https://bank.example@evil.example/',
    'https://user:pass@evil.example/',
    'mailto:a@example.org?subject=x%0d%0aBcc:b@example.org',
    '//example.org',
    'example.org',
    '',
    ' ',
    '--version',
    `https://example.org/${'a'.repeat(5000)}`,
  ])('refuses %s', (text) => {
    expect(externalUrl(text)).toBeNull()
  })

  it('returns only links with the three schemes, for any text', () => {
    const scheme = fc.constantFrom('', 'https:', 'http://', 'mailto:', 'file:', 'javascript:', 'https:\\\\')
    fc.assert(
      fc.property(scheme, fc.string({ unit: 'binary' }), (start, rest) => {
        expect(externalUrl(start + rest) ?? 'https://x').toMatch(/^(https?:\/\/[^/@]+(\/|$)|mailto:)/)
      }),
    )
  })
})
