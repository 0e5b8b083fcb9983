import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTemporaryBackend, type RunningBackend } from '../../scripts/lib/backend.ts'
import { listObjects } from '../../scripts/lib/emulator-rest.ts'
import { root } from '../../scripts/lib/paths.ts'
import { storageAttacks } from './attacks/cases/storage.ts'
import type { Runner } from './runner.ts'
import { storageSuites } from './storage/cases.ts'
import { given, load, openStorageRunner, type StorageCase } from './storage/world.ts'

/* These tests have their own emulators, because other tests do not need Storage. */
let running: RunningBackend
let runner: Runner<StorageCase>

beforeAll(async () => {
  running = await startTemporaryBackend()
  runner = openStorageRunner(running.backend)
})
afterAll(() => running.stop())

describe.each(storageSuites)('$block', ({ cases }) => {
  test.each(cases)('$name', async (storageCase) => {
    await expect(runner.check(storageCase)).resolves.toBeUndefined()
  })
})

const unwrapped = (text: string): string => text.replaceAll(/\s+/g, ' ')
const pages = ['docs/WIRE.md', 'docs/SECURITY.md'].map((path) =>
  unwrapped(readFileSync(join(root, path), 'utf8')),
)

describe('attacks', () => {
  let before: unknown
  async function prepare(): Promise<void> {
    await load(running.backend, given())
    before = await listObjects(running.backend)
  }
  beforeAll(prepare)

  describe.each(storageAttacks)('$proves', ({ proves, attacks }) => {
    test('is documented', () => {
      expect(pages.filter((page) => page.includes(proves))).not.toEqual([])
    })

    test.each(attacks)('$name', async ({ token, request, status = 403 }) => {
      const reply = await request(running.backend, token)
      expect(reply.status).toBe(status)
      if (status === 403) expect(await listObjects(running.backend)).toEqual(before)
      else await prepare()
    })
  })

  test('there are at least 40', () => {
    const attacks = storageAttacks.flatMap((group) => group.attacks)
    expect(attacks.filter(({ status = 403 }) => status === 403).length).toBeGreaterThanOrEqual(40)
  })
})
