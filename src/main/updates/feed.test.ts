import { expect, it } from 'vitest'
import { readFeed } from './feed.ts'
import { newKeyPair, signFeed, unsigned, verifiedFeed } from './signature.ts'
import { isOlder } from './version.ts'

const keys = newKeyPair()
const sha512 = `${'A'.repeat(86)}==`
const feed = {
  version: '0.2.0',
  files: [{ url: 'Perch-0.2.0.AppImage', sha512, size: 5 }],
  releaseDate: '2026-11-27T10:00:00.000Z',
}
/** JSON is YAML. */
const text = (change: object = {}): string => `${JSON.stringify({ ...feed, ...change })}\n`
const parse = (yaml: string): unknown => JSON.parse(yaml)
const problem = (content: string, publicKey?: string): unknown => {
  try {
    readFeed(content, publicKey, parse)
    return null
  } catch (error) {
    return error
  }
}

it('a feed is read, and its notes are made safe to show', () => {
  const releaseNotes = '<b>New</b>\r\n\u202Ereversed\u0000 \n\n'
  expect(readFeed(text({ releaseNotes, unknown: 1 }), undefined, parse)).toEqual({
    ...feed,
    releaseNotes: '<b>New</b>\nreversed',
  })
})

it.each([
  ['another server', { files: [{ url: 'https://evil.example/x.AppImage', sha512, size: 5 }] }],
  ['another folder', { files: [{ url: '../x.AppImage', sha512, size: 5 }] }],
  ['a name with a space', { files: [{ url: 'Perch Setup.exe', sha512, size: 5 }] }],
  ['an absolute path', { files: [{ url: '/etc/x.AppImage', sha512, size: 5 }] }],
  ['a weaker hash', { files: [{ url: 'x.AppImage', sha2: 'x', size: 5 }] }],
  ['no size', { files: [{ url: 'x.AppImage', sha512 }] }],
  ['no file', { files: [] }],
  ['a version that is a path', { version: '0.2.0/../..' }],
  ['a percentage of 900', { stagingPercentage: 900 }],
  ['a percentage in words', { stagingPercentage: 'all' }],
])('a feed with %s is refused', (_, change) => {
  expect(problem(text(change))).toMatchObject({ problem: 'server' })
})

it('what is no YAML is refused', () => {
  expect(problem('{')).toMatchObject({ problem: 'server' })
})

it('with a key, only a feed that the key has signed is read', () => {
  const signed = signFeed(text(), keys)
  expect(problem(signed, keys.publicKey)).toBeNull()
  expect(problem(text(), keys.publicKey)).toMatchObject({ problem: 'signature' })
  expect(problem(signed.replace('0.2.0', '0.3.0'), keys.publicKey)).toMatchObject({ problem: 'signature' })
  expect(problem(signed, newKeyPair().publicKey)).toMatchObject({ problem: 'signature' })
  expect(problem(`${signed}version: 9.9.9\n`, keys.publicKey)).toMatchObject({ problem: 'signature' })
})

it('signing again replaces the signature', () => {
  const once = signFeed(text(), keys)
  expect(signFeed(once, keys)).toBe(once)
  expect(unsigned(once)).toBe(text())
  expect(verifiedFeed(once, keys.publicKey)).toBe(text())
})

it('versions are compared by number', () => {
  expect(isOlder('0.9.0', '0.10.0')).toBe(true)
  expect(isOlder('0.10.0', '0.9.9')).toBe(false)
  expect(isOlder('1.0.0', '1.0.0')).toBe(false)
  expect(isOlder('1.0.0', '1.0.1-beta.2')).toBe(true)
})
