import { beforeEach, expect, it, vi } from 'vitest'
import type { PreloadBridge } from '#shared/bridge.ts'
import { askEarly } from './early-calls.ts'

const call = vi.fn<PreloadBridge['call']>()
let asked = 0
beforeEach(() => {
  asked = 0
  call.mockReset().mockImplementation(() => Promise.resolve({ ok: true, value: (asked += 1) }))
})

function early(remembered: unknown): PreloadBridge {
  const bridge = askEarly({ call, listen: () => () => undefined }, remembered)
  if (bridge === undefined) throw new Error('there is a preload')
  return bridge
}
function methodsCalled(): string[] {
  return call.mock.calls.map(([method]) => method)
}

const ada = { uid: 'ada', phoneNumber: '+14155550100' }

it('asks before anyone does, and gives each answer out once', async () => {
  const bridge = early(ada)
  expect(methodsCalled()).toContain('replica.chats')
  const before = call.mock.calls.length
  expect(await bridge.call('replica.open', { userId: 'ada' })).toEqual({ ok: true, value: 2 })
  expect(await bridge.call('replica.chats', undefined)).toEqual({ ok: true, value: 4 })
  expect(call).toHaveBeenCalledTimes(before)
  expect(await bridge.call('replica.chats', undefined)).toEqual({ ok: true, value: before + 1 })
})

it('opens nothing when nobody was signed in', () => {
  for (const remembered of [null, 'ada', {}]) early(remembered)
  expect(methodsCalled().filter((method) => method.startsWith('replica.'))).toEqual([])
})

it('never shows one person the rows of another', async () => {
  const bridge = early(ada)
  const before = call.mock.calls.length
  await bridge.call('replica.open', { userId: 'ben' })
  await bridge.call('replica.chats', undefined)
  await bridge.call('replica.people', undefined)
  expect(methodsCalled().slice(before)).toEqual(['replica.open', 'replica.chats', 'replica.people'])
})

it('is nothing outside the app', () => {
  expect(askEarly(undefined, ada)).toBeUndefined()
})
