import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Secrets } from '../security/key-store.ts'
import { LockFile } from './lock-file.ts'
import { PinGuard, waitAfter } from './pin-guard.ts'

// The cost of a hash is tested in pin-hash.test.ts.
vi.mock('./pin-hash.ts', () => ({
  hashPin: (pin: string) => Promise.resolve(`hash of ${btoa(pin)}`),
  isPinOf: (stored: string, pin: string) => Promise.resolve(stored === `hash of ${btoa(pin)}`),
}))

const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x55))
const keyStore: Secrets = {
  encrypt: (text) => flip(Buffer.from(text)),
  decrypt: (bytes) => flip(Buffer.from(bytes)).toString(),
}
const noKeyStore: Secrets = {
  encrypt: () => {
    throw new Error('The system has no key store.')
  },
  decrypt: () => {
    throw new Error('The system has no key store.')
  },
}

let directory: string
let path: string
let now: number
const log = vi.fn<(event: string, error: unknown) => void>()

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'perch-lock-'))
  path = join(directory, 'lock.json')
  now = 0
  log.mockReset()
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** Starts the app: its clock begins at 0. */
function start(secrets = keyStore): PinGuard {
  now = 0
  return new PinGuard({ file: new LockFile(path, secrets), now: () => now, log })
}

async function withPin(pin = '2580', secrets = keyStore): Promise<PinGuard> {
  const guard = start(secrets)
  expect(await guard.set(pin, null)).toEqual({ outcome: 'done', waitMs: 0 })
  return guard
}

it('has no PIN until one is set, and keeps it over restarts', async () => {
  expect(start().hasPin()).toBe(false)
  await withPin()
  const guard = start()
  expect(guard.hasPin()).toBe(true)
  expect(await guard.check('2580')).toEqual({ outcome: 'done', waitMs: 0 })
})

it('waits longer after each wrong PIN, and checks none meanwhile, not even the right one', async () => {
  const guard = await withPin()
  const waits = []
  for (let n = 0; n < 11; n++) {
    const { outcome, waitMs } = await guard.check('0000')
    expect(outcome).toBe('wrong')
    waits.push(waitMs / 1000)
    expect(await guard.check('2580')).toEqual({ outcome: 'wait', waitMs })
    now += waitMs - 1
    expect(await guard.check('2580')).toEqual({ outcome: 'wait', waitMs: 1 })
    now += 1
  }
  expect(waits).toEqual([1, 1, 5, 15, 30, 60, 300, 900, 3600, 3600, 3600])
  expect(await guard.check('2580')).toMatchObject({ outcome: 'done' })
  expect(await guard.check('0000')).toEqual({ outcome: 'wrong', waitMs: 1000 })
})

it('begins the whole wait again after a restart, whatever the clock of the machine says', async () => {
  const guard = await withPin()
  for (let n = 0; n < 5; n++) now += (await guard.check('0000')).waitMs
  vi.useFakeTimers({ toFake: ['Date'] })
  for (const time of [0, Date.parse('2100-01-01')]) {
    vi.setSystemTime(time)
    const restarted = start()
    expect(restarted.waitMs()).toBe(waitAfter(5))
    expect(await restarted.check('2580')).toEqual({ outcome: 'wait', waitMs: 30_000 })
  }
  vi.useRealTimers()
})

it('counts an attempt before it is checked, so that killing the app saves none', async () => {
  const guard = await withPin()
  for (let n = 0; n < 2; n++) now += (await guard.check('0000')).waitMs
  const checking = guard.check('0000')
  // The app is killed here.
  expect(start().waitMs()).toBe(waitAfter(3))
  await checking
})

it('checks nothing when the attempt cannot be written down', async () => {
  const guard = await withPin()
  rmSync(path)
  rmSync(directory, { recursive: true })
  writeFileSync(directory, 'not a folder')
  await expect(guard.check('2580')).rejects.toThrow()
})

it('checks one PIN at a time', async () => {
  const guard = await withPin()
  const outcomes = await Promise.all(['2580', '2580', '2580'].map((pin) => guard.check(pin)))
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'wait', 'wait'])
})

it('asks for the old PIN before it is changed or removed, and slows that down too', async () => {
  const guard = await withPin()
  expect(await guard.set('1111', null)).toMatchObject({ outcome: 'wrong' })
  expect(await guard.set('1111', '0000')).toEqual({ outcome: 'wrong', waitMs: 1000 })
  expect(await guard.remove('2580')).toMatchObject({ outcome: 'wait' })
  now += 1000
  expect(await guard.set('1111', '2580')).toMatchObject({ outcome: 'done' })
  expect(await guard.remove('2580')).toMatchObject({ outcome: 'wrong' })
  now += 1000
  expect(await guard.remove('1111')).toMatchObject({ outcome: 'done' })
  expect(guard.hasPin()).toBe(false)
  expect(existsSync(path)).toBe(false)
})

it('stores the hash encrypted where there is a key store, and only the hash elsewhere', async () => {
  await withPin('2580')
  expect(atob(contentOf('hash'))).not.toContain('hash of')
  rmSync(path)
  await withPin('2580', noKeyStore)
  expect(atob(contentOf('hash'))).toBe(`hash of ${btoa('2580')}`)
  expect(readFileSync(path, 'utf8')).not.toContain('2580')
  expect(await start(noKeyStore).check('2580')).toMatchObject({ outcome: 'done' })
})

it('stays locked when the key store does not open, without counting that', async () => {
  await withPin()
  const guard = start(noKeyStore)
  expect(await guard.check('2580')).toEqual({ outcome: 'unreadable', waitMs: 0 })
  expect(guard.hasPin()).toBe(true)
  expect(start().waitMs()).toBe(0)
})

it.each(['', '{}', '{"version":1,"failures":-1,"sealed":false,"hash":""}', 'PIN'])(
  'stays locked when the file is damaged: %s',
  async (text) => {
    writeFileSync(path, text)
    const guard = start()
    expect(guard.hasPin()).toBe(true)
    expect(await guard.check('2580')).toMatchObject({ outcome: 'unreadable' })
    expect(await guard.set('2580', null)).toMatchObject({ outcome: 'wrong' })
    guard.drop()
    expect(start().hasPin()).toBe(false)
  },
)

function contentOf(field: string): string {
  const record: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const value: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, field) : null
  return String(value)
}
