import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readFeed } from '../../src/main/updates/feed.ts'
import { newKeyPair } from '../../src/main/updates/signature.ts'
import { changeFeed, feedsIn, parseFeed, signedFeed } from './release-feed.ts'

const keys = newKeyPair()
const bytes = 'the new version'
const sha512 = createHash('sha512').update(bytes).digest('base64')
/** As electron-builder writes it. */
const written = `version: 0.2.0
files:
  - url: Perch-0.2.0.AppImage
    sha512: ${sha512}
    size: ${String(bytes.length)}
    blockMapSize: 12
path: Perch-0.2.0.AppImage
sha512: ${sha512}
releaseNotes: |
  Old notes

  in three lines
releaseDate: '2026-11-27T10:00:00.000Z'
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-release-'))
  writeFileSync(join(folder, 'latest-linux.yml'), written)
  writeFileSync(join(folder, 'builder-debug.yml'), '')
  writeFileSync(join(folder, 'Perch-0.2.0.AppImage'), bytes)
})
afterEach(() => rmSync(folder, { recursive: true }))

const sign = (changes = {}) => signedFeed({ folder, name: 'latest-linux.yml' }, changes, keys)

it('the app takes the feed that was signed, with its notes and the part of the installations', async () => {
  expect(feedsIn(folder)).toEqual(['latest-linux.yml'])
  const { text } = await sign({ staging: 10, notes: 'One\n"Two": #3\n' })
  expect(readFeed(text, keys.publicKey, parseFeed)).toMatchObject({
    version: '0.2.0',
    stagingPercentage: 10,
    releaseNotes: 'One\n"Two": #3',
    releaseDate: '2026-11-27T10:00:00.000Z',
  })
})

it('signing again offers the version to all, and keeps the notes', async () => {
  const first = await sign({ staging: 10, notes: 'One' })
  writeFileSync(join(folder, 'latest-linux.yml'), first.text)
  const { feed } = await sign()
  expect(feed).toMatchObject({ releaseNotes: 'One' })
  expect(feed.stagingPercentage).toBeUndefined()
})

it('only the given fields change', () => {
  expect(changeFeed(written, {})).toBe(written)
  expect(changeFeed(written, { notes: 'x' }).split('\n').slice(0, 9)).toEqual([
    ...written.split('\n').slice(0, 8),
    `releaseDate: '2026-11-27T10:00:00.000Z'`,
  ])
})

it('a file that has changed, or is missing, is not signed', async () => {
  writeFileSync(join(folder, 'Perch-0.2.0.AppImage'), 'the new versioN')
  await expect(sign()).rejects.toThrow('has changed')
  rmSync(join(folder, 'Perch-0.2.0.AppImage'))
  await expect(sign()).rejects.toThrow('does not exist')
})
