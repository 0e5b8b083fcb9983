import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../../scripts/lib/paths.ts'
import { startFirestoreEmulator, type FirestoreEmulator } from '../../support/firestore-emulator.ts'
import { attackGroups } from './cases/index.ts'
import { clearDocuments, commit, groupQuery, sendRequest, set, type Reply, type Request } from '../rest.ts'
import { denied, documents } from './world.ts'

/* These tests have their own emulator, because rules.test.ts deletes all documents of the shared one. */
let emulator: FirestoreEmulator
let before: string

const asOwner = (request: Request): Promise<Reply> => sendRequest(emulator, request, 'owner')

/** All documents as the server stores them. */
async function dump(): Promise<string> {
  const { code, text } = await asOwner(groupQuery(null))
  expect(code).toBe('OK')
  const lines: unknown = JSON.parse(text, (key, value: unknown) => (key === 'readTime' ? undefined : value))
  return JSON.stringify(lines)
}

async function prepare(): Promise<void> {
  await clearDocuments(emulator)
  const writes = Object.entries(documents).map(([path, fields]) => set(path, fields))
  expect(await asOwner(commit(writes))).toMatchObject({ code: 'OK' })
  before = await dump()
}

beforeAll(async () => {
  emulator = await startFirestoreEmulator()
  await prepare()
})
afterAll(() => emulator.stop())

const unwrapped = (text: string): string => text.replaceAll(/\s+/g, ' ')
const pages = ['docs/WIRE.md', 'docs/SECURITY.md'].map((path) =>
  unwrapped(readFileSync(join(root, path), 'utf8')),
)

describe.each(attackGroups)('$proves', ({ proves, attacks }) => {
  test('is documented', () => {
    expect(pages.filter((page) => page.includes(proves))).not.toEqual([])
  })

  test.each(attacks)('$name', async ({ token, request, expected = denied }) => {
    const { status, code } = await sendRequest(emulator, request, token)
    expect({ status, code }).toEqual(expected)
    if (code === 'OK') await prepare()
    else expect(await dump()).toBe(before)
  })
})

test('there are at least 100 attacks', () => {
  const attacks = attackGroups.flatMap((group) => group.attacks)
  expect(attacks.filter(({ expected = denied }) => expected.code !== 'OK').length).toBeGreaterThan(100)
})
