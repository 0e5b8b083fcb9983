import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userIdSchema } from '#shared/domain/ids.ts'
import { deviceIdSchema } from '#shared/functions.ts'
import type { Push } from '#shared/push.ts'
import { createPushService, type PushService } from './push-service.ts'
import type { PushState } from './receiver.ts'

const me = userIdSchema.parse('me')
const other = userIdSchema.parse('other')
const id = deviceIdSchema.parse('0f'.repeat(16))

let state: PushState
let calls: string[]
let hints: Push[]
let health: boolean[]
let receive: (push: Push) => void
let change: (next: PushState) => void
let service: PushService
let token: string

beforeEach(() => {
  vi.useFakeTimers()
  ;[state, calls, hints, health, token] = ['off', [], [], [], 'token']
  service = createPushService({
    createReceiver({ onPush, onChange }) {
      receive = onPush
      change = (next) => {
        state = next
        onChange()
      }
      return {
        start: (account) => void calls.push(`start ${account}`),
        stop: () => void calls.push('stop'),
        forget: (account) => Promise.resolve(void calls.push(`forget ${account}`)),
        wake: () => void calls.push('wake'),
        reconnect: () => void calls.push('reconnect'),
        state: () => state,
        token: () => (state === 'off' ? null : token),
        deviceId: () => (state === 'off' ? null : id),
      }
    },
    onStatus: () => undefined,
    onHint: (push) => void hints.push(push),
    onHealth: () => void health.push(service.isHealthy()),
  })
  service.open(me)
})
afterEach(() => void vi.useRealTimers())

function pass(): void {
  const nonce = service.beginTest()
  receive({ type: 'test', account: me, nonce })
}

describe('whether pushes can be relied on', () => {
  it('is proved by a self-test while the receiver is connected', () => {
    change('connected')
    expect(service.isHealthy()).toBe(false)
    pass()
    expect(service.status()).toMatchObject({ state: 'connected', device: { id, token: 'token' } })
    expect(service.status().test?.roundTrip).toBeGreaterThanOrEqual(0)
    change('waiting')
    change('connected')
    expect(health).toEqual([true, false, true])
  })

  it('is not proved by a test whose push is late, has another nonce, or is for another account', () => {
    change('connected')
    const nonce = service.beginTest()
    receive({ type: 'test', account: me, nonce: 'another' })
    receive({ type: 'test', account: other, nonce })
    vi.advanceTimersByTime(30_000)
    receive({ type: 'test', account: me, nonce })
    expect(service.status().test).toMatchObject({ roundTrip: null })
    expect(service.isHealthy()).toBe(false)
  })

  it('is not proved for ever', () => {
    change('connected')
    pass()
    vi.advanceTimersByTime(26 * 3_600_000)
    expect(service.isHealthy()).toBe(false)
  })

  it('is not proved any more when the token has changed', () => {
    change('connected')
    pass()
    token = 'renewed'
    change('connected')
    expect([service.isHealthy(), service.status().test, health]).toEqual([false, null, [true, false]])
  })

  it('is not proved by a test that is ahead of a clock that was set back', () => {
    change('connected')
    pass()
    vi.setSystemTime(Date.now() - 60_000)
    expect(service.isHealthy()).toBe(false)
  })

  it('is told again when a new test follows a proof that has expired', () => {
    change('connected')
    pass()
    vi.advanceTimersByTime(26 * 3_600_000)
    pass()
    expect([service.isHealthy(), health]).toEqual([true, [true, true]])
  })

  it('is told to be gone when a test fails after the proof has expired', () => {
    change('connected')
    pass()
    vi.advanceTimersByTime(26 * 3_600_000)
    service.beginTest()
    vi.advanceTimersByTime(30_000)
    expect(health).toEqual([true, false])
  })

  it('is not known for the next account', () => {
    change('connected')
    pass()
    service.open(other)
    expect([service.isHealthy(), service.status().test]).toEqual([false, null])
  })
})

it('gives hints for the open account only', () => {
  const hint = { type: 'message', account: me, chatId: 'a_b', messageId: 'm'.repeat(16), mentioned: '0' }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids of the right form
  const push = hint as Push
  receive(push)
  receive({ ...push, account: other })
  service.close(me)
  receive(push)
  expect(hints).toEqual([push])
})

it('forgets the credentials of an account that is erased', () => {
  service.erase(me)
  expect(calls).toEqual([`start ${me}`, 'stop', `forget ${me}`])
})

it('is off and not healthy in a project without push', () => {
  const none = createPushService({
    createReceiver: () => null,
    onStatus: () => undefined,
    onHint: () => undefined,
    onHealth: () => undefined,
  })
  none.open(me)
  expect([none.isHealthy(), none.status().state, none.facts()]).toEqual([false, 'off', null])
})
