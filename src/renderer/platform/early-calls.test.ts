import { beforeEach, expect, it, vi } from 'vitest'
import type { PreloadBridge } from '#shared/bridge/index.ts'
import { callEarly, uidOf } from './early-calls.ts'

const call = vi.fn<PreloadBridge['call']>()
let calls = 0
beforeEach(() => {
  calls = 0
  call.mockReset().mockImplementation(() => Promise.resolve({ ok: true, value: (calls += 1) }))
})

function early(account: string | undefined): PreloadBridge {
  const bridge = callEarly({ call, listen: () => () => undefined }, account)
  if (bridge === undefined) throw new Error('there is a preload')
  return bridge
}
function methodsCalled(): string[] {
  return call.mock.calls.map(([, method]) => method)
}

it('makes the calls early, and returns each early answer once', async () => {
  const bridge = early('ada')
  expect(methodsCalled()).toContain('replica.chats')
  const before = call.mock.calls.length
  expect(await bridge.call('ada', 'replica.open', undefined)).toEqual({ ok: true, value: 3 })
  expect(await bridge.call('ada', 'replica.chats', undefined)).toEqual({ ok: true, value: 5 })
  expect(call).toHaveBeenCalledTimes(before)
  expect(await bridge.call('ada', 'replica.chats', undefined)).toEqual({ ok: true, value: before + 1 })
})

it('finds out who was signed in last', () => {
  expect(uidOf({ uid: 'ada', phoneNumber: '+14155550100' })).toBe('ada')
})

it('makes no call for an account when nobody was signed in', () => {
  for (const lastUser of [null, 'ada', {}, { uid: 7 }]) early(uidOf(lastUser))
  expect(methodsCalled().filter((method) => method.startsWith('replica.'))).toEqual([])
})

it('never returns the rows of another account', async () => {
  const bridge = early('ada')
  const before = call.mock.calls.length
  await bridge.call('ben', 'replica.open', undefined)
  await bridge.call('ben', 'replica.chats', undefined)
  await bridge.call('ada', 'replica.people', undefined)
  expect(methodsCalled().slice(before)).toEqual(['replica.open', 'replica.chats', 'replica.people'])
})

it('returns nothing outside the app', () => {
  expect(callEarly(undefined, 'ada')).toBeUndefined()
})
