import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import { ada, chatId, me, message, messageId } from '#shared/domain/test-data.ts'
import { createPlatform } from '../../platform/bridge.ts'
import { PushHints } from './push-hints.ts'

let stored: number[]
let fails: boolean
let silences: number
let reports: string[]
let emit: (event: BridgeEvent) => void
let hints: PushHints

beforeEach(() => {
  vi.useFakeTimers()
  ;[stored, fails, silences, reports] = [[], false, 0, []]
  const platform = createPlatform({
    call: () =>
      fails
        ? Promise.reject(new Error('closed'))
        : Promise.resolve({ ok: true, value: stored.map((n) => message(n, ada)) }),
    listen(listener) {
      emit = listener
      return () => undefined
    },
  })
  hints = new PushHints({
    replica: platform.account(me),
    onSilence: () => {
      silences += 1
    },
    report: (event) => void reports.push(event),
  })
})
afterEach(() => {
  hints.stop()
  vi.useRealTimers()
})

const hint = (n: number, account = me): void =>
  emit({ account, name: 'push.hinted', payload: { chatId, messageId: messageId(n) } })

it('does nothing when the message has come, before the push or some seconds after it', async () => {
  stored = [1]
  hint(1)
  hint(2)
  await vi.advanceTimersByTimeAsync(7000)
  stored = [1, 2]
  await vi.advanceTimersByTimeAsync(60_000)
  expect(silences).toBe(0)
})

it('reports a message that does not come, but at most once a minute', async () => {
  hint(1)
  await vi.advanceTimersByTimeAsync(8000)
  expect(silences).toBe(1)
  hint(2)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(silences).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  hint(3)
  await vi.advanceTimersByTimeAsync(8000)
  expect(silences).toBe(2)
})

it('ignores pushes to another account, and all after its end', async () => {
  hint(1, ada)
  await vi.advanceTimersByTimeAsync(60_000)
  hint(2)
  hints.stop()
  hint(3)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(silences).toBe(0)
})

it('reports a replica that cannot be read', async () => {
  fails = true
  hint(1)
  await vi.advanceTimersByTimeAsync(8000)
  expect([silences, reports]).toEqual([0, ['push.hint']])
})
