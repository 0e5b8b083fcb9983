import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PushStatus } from '#shared/bridge/push.ts'
import { userIdSchema } from '#shared/domain/ids.ts'
import { deviceIdSchema, type TestPushResult } from '#shared/functions.ts'
import { createPlatform } from '../../platform/bridge.ts'
import { PushDevice } from './push-device.ts'

const HOUR = 3_600_000
const me = userIdSchema.parse('me')
const id = deviceIdSchema.parse('0f'.repeat(16))

let status: PushStatus
let outcome: TestPushResult['outcome']
let calls: string[]
let reports: string[]
let announce: (status: PushStatus) => void
let device: PushDevice

beforeEach(() => {
  vi.useFakeTimers()
  ;[outcome, calls, reports] = ['sent', [], []]
  status = { state: 'connected', device: { id, token: 'first', platform: 'linux' }, test: null }
  const platform = createPlatform({
    call: (_account, method) =>
      Promise.resolve({ ok: true, value: method === 'push.status' ? status : { nonce: 'nonce' } }),
    listen(listener) {
      announce = (payload) => listener({ account: me, name: 'push.changed', payload })
      return () => undefined
    },
  })
  device = new PushDevice({
    replica: platform.account(me),
    devices: {
      write: (_id, { token }) => Promise.resolve(void calls.push(`write ${token}`)),
      remove: () => Promise.resolve(void calls.push('remove')),
      test({ nonce }) {
        calls.push(`test ${nonce}`)
        if (outcome === 'sent') status = { ...status, test: { at: Date.now(), roundTrip: 50 } }
        return Promise.resolve({ outcome })
      },
    },
    report: (event) => void reports.push(event),
  })
})
afterEach(() => {
  device.stop()
  vi.useRealTimers()
})

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

it('registers the device and tests the push, once a day', async () => {
  device.resume()
  await settle()
  device.resume()
  await settle()
  expect(calls).toEqual(['write first', 'test nonce'])
  await vi.advanceTimersByTimeAsync(24 * HOUR)
  expect(calls).toEqual(['write first', 'test nonce', 'write first', 'test nonce'])
})

it('registers a new token at once', async () => {
  device.resume()
  await settle()
  status = { ...status, device: { id, token: 'second', platform: 'linux' } }
  announce(status)
  await settle()
  expect(calls.at(-1)).toBe('write second')
})

it('does nothing while the device has no token', async () => {
  status = { ...status, device: null }
  device.resume()
  await settle()
  expect([calls, reports]).toEqual([[], []])
})

it('tests again after a test that failed', async () => {
  outcome = 'failed'
  device.resume()
  await settle()
  outcome = 'sent'
  await vi.advanceTimersByTimeAsync(5000)
  expect(calls).toEqual(['write first', 'test nonce', 'test nonce'])
  expect(reports).toEqual(['push.register'])
})

it('tests again after a push that did not come', async () => {
  device.resume()
  await settle()
  status = { ...status, test: { at: Date.now(), roundTrip: null } }
  announce(status)
  announce(status)
  await vi.advanceTimersByTimeAsync(5000)
  expect(calls).toEqual(['write first', 'test nonce', 'test nonce'])
})

it('removes the device before signing out, and does nothing afterwards', async () => {
  await device.remove()
  device.resume()
  await vi.advanceTimersByTimeAsync(48 * HOUR)
  expect(calls).toEqual(['remove'])
})
