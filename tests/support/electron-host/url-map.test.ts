import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allToHttp, fromHttp, originOf, toHttp } from './url-map.ts'

const schemes = new Set(['app', 'media'])

test.each([
  ['app://perch/', 'http://perch.app.localhost/'],
  ['app://perch', 'http://perch.app.localhost'],
  ['app://perch/a/b.js?c=1#d', 'http://perch.app.localhost/a/b.js?c=1#d'],
  ['media://file?range', 'http://file.media.localhost?range'],
])('maps %s to %s and back', (own, http) => {
  expect(toHttp(own, schemes)).toBe(http)
  expect(fromHttp(http, schemes)).toBe(own)
})

test.each([
  'https://perch.app.localhost/',
  'http://127.0.0.1:8080/',
  'http://perch.app.localhost.evil.example/',
  'http://perch.app.localhost:81/',
  'http://perch.other.localhost/',
  'about:blank',
  'other://perch/',
])('keeps %s', (url) => {
  expect(fromHttp(url, schemes)).toBe(url)
  expect(toHttp(url, schemes)).toBe(url)
})

test('maps every URL in the value of a header', () => {
  const policy = "default-src 'none'; img-src 'self' app://media; connect-src app://media https://a.example"
  expect(allToHttp(policy, schemes)).toBe(
    "default-src 'none'; img-src 'self' http://media.app.localhost; connect-src http://media.app.localhost https://a.example",
  )
})

test('maps any URL of an own scheme to http and back to the same URL', () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/)
  const rest = fc
    .constantFrom('', '/', '?', '#')
    .chain((first) => fc.stringMatching(first ? /^[\w/?#%.&=:@-]*$/ : /^$/).map((tail) => first + tail))
  fc.assert(
    fc.property(fc.constantFrom(...schemes), label, rest, (scheme, name, tail) => {
      const own = `${scheme}://${name}${tail}`
      const http = toHttp(own, schemes)
      expect(new URL(http).protocol).toBe('http:')
      expect(fromHttp(http, schemes)).toBe(own)
    }),
  )
})

test('returns the scheme and the host as the origin', () => {
  expect(originOf('app://perch/x')).toBe('app://perch')
  expect(originOf('https://a.example:8443/x')).toBe('https://a.example:8443')
  expect(originOf('data:text/html,x')).toBe('null')
  expect(originOf('')).toBe('null')
})
