import { beforeEach, describe, expect, it } from 'vitest'
import type { UpdateState } from '#shared/bridge/updates.ts'
import type { ReasonsToWait } from './reasons-to-wait.ts'
import { UpdateError } from './update-error.ts'
import { checkDelay, createUpdates, type Offer, type Updates, type UpdateSource } from './updates.ts'

const HOUR = 3_600_000
const offer: Offer = { version: '0.2.0', notes: 'Calmer' }

let done: string[]
let states: UpdateState[]
let found: Offer | null | Error
let downloaded: Error | undefined
let kept: Error | undefined
let asked: Awaited<ReturnType<ReasonsToWait['ifAsked']>>
let unasked: Awaited<ReturnType<ReasonsToWait['ifUnasked']>>
let automatic: boolean
let clock: number
let updates: Updates

const source: UpdateSource = {
  check(isAsked) {
    done.push(isAsked ? 'check, asked' : 'check')
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found)
  },
  download(onProgress) {
    for (const percent of [0, 40, 40, 100]) onProgress(percent)
    return downloaded === undefined ? Promise.resolve() : Promise.reject(downloaded)
  },
  restart: () => false,
  installOnQuit: (restart) => void done.push(restart ? 'install, restart' : 'install'),
}

beforeEach(() => {
  done = []
  states = []
  found = offer
  downloaded = undefined
  kept = undefined
  asked = null
  unasked = null
  automatic = true
  clock = 0
  updates = createUpdates({
    source,
    reasons: { ifAsked: () => Promise.resolve(asked), ifUnasked: () => Promise.resolve(unasked) },
    keep: (next) => {
      done.push(`keep for ${next}`)
      return kept === undefined ? Promise.resolve() : Promise.reject(kept)
    },
    isAutomatic: () => automatic,
    failedVersion: () => null,
    hideNextStart: () => void done.push('hide'),
    quit: () => void done.push('quit'),
    now: () => clock,
    random: () => 0.5,
    pace: 1,
    onState: (state) => void states.push(state),
    log: () => undefined,
  })
})

const last = (): UpdateState | undefined => states.at(-1)

describe('a check', () => {
  it('downloads what it finds, keeps this version, and is ready', async () => {
    await updates.check(false)
    expect(states).toEqual([
      { state: 'checking' },
      { state: 'downloading', version: '0.2.0', percent: 0 },
      { state: 'downloading', version: '0.2.0', percent: 40 },
      { state: 'downloading', version: '0.2.0', percent: 100 },
      { state: 'ready', ...offer },
    ])
    expect(done).toEqual(['check', 'keep for 0.2.0'])
  })

  it('that finds nothing says when', async () => {
    found = null
    clock = 5
    await updates.check(true)
    expect(last()).toEqual({ state: 'current', checkedAt: 5, failed: null })
    expect(done).toEqual(['check, asked'])
  })

  it('says what is wrong', async () => {
    downloaded = new UpdateError('tampered', 'x')
    await updates.check(true)
    expect(last()).toEqual({ state: 'failed', problem: 'tampered' })
    downloaded = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    await updates.check(true)
    expect(last()).toEqual({ state: 'failed', problem: 'diskFull' })
    downloaded = new Error('?')
    await updates.check(true)
    expect(last()).toEqual({ state: 'failed', problem: 'unexpected' })
  })

  it('offers nothing when this version cannot be kept for want of space', async () => {
    kept = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    await updates.check(true)
    expect(last()).toEqual({ state: 'failed', problem: 'diskFull' })
    updates.installOnQuit()
    expect(done).not.toContain('install')
  })
})

describe('by itself', () => {
  it('checks at once, then every four hours, sooner after a failure', async () => {
    found = null
    await updates.tick()
    clock = 3.9 * HOUR
    await updates.tick()
    expect(done).toEqual(['check'])
    clock = 4 * HOUR
    found = new UpdateError('offline', 'x')
    await updates.tick()
    clock += HOUR / 12
    await updates.tick()
    expect(done).toEqual(['check', 'check', 'check'])
  })

  it('waits longer after each failure, never longer than usual, and never the same', () => {
    const delays = [0, 1, 2, 3, 9].map((failures) => checkDelay(failures, 0.5) / 60_000)
    expect(delays).toEqual([240, 5, 10, 20, 240])
    expect(checkDelay(0, 0)).toBe(3 * HOUR)
    expect(checkDelay(0, 0.999)).toBeLessThan(5 * HOUR)
  })

  it('does nothing when the person has turned it off', async () => {
    automatic = false
    await updates.tick()
    await updates.check(true)
    await updates.tick()
    expect(done).toEqual(['check, asked', 'keep for 0.2.0'])
  })

  it('installs when nothing has to be waited for, once, and hides the next start', async () => {
    await updates.check(false)
    unasked = 'unsent'
    await updates.tick()
    expect(done).not.toContain('quit')
    unasked = null
    await updates.tick()
    await updates.tick()
    updates.installOnQuit()
    expect(done.slice(2)).toEqual(['quit', 'hide', 'install, restart'])
  })
})

describe('an installation', () => {
  it('that the person asks for waits for an upload', async () => {
    await expect(updates.install()).resolves.toBe('none')
    await updates.check(true)
    asked = 'upload'
    await expect(updates.install()).resolves.toBe('upload')
    expect(done).not.toContain('quit')
    asked = null
    await expect(updates.install()).resolves.toBe('restarts')
    updates.installOnQuit()
    expect(done.slice(2)).toEqual(['quit', 'install, restart'])
  })

  it('happens when the person quits, and starts nothing then', async () => {
    updates.installOnQuit()
    await updates.check(false)
    updates.installOnQuit()
    expect(done.slice(2)).toEqual(['install'])
  })
})
