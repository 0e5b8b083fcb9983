import { expect, it, vi } from 'vitest'
import type { Answer } from '#shared/bridge/contract.ts'
import type { BridgeEvent, PreloadBridge } from '#shared/bridge/index.ts'
import { ada, me } from '#shared/domain/test-data.ts'
import { defaultSettings } from '#shared/settings.ts'
import { BridgeError, createPlatform } from './bridge.ts'

function platformReturning(answer: Answer<unknown>) {
  const listeners = new Set<(event: BridgeEvent) => void>()
  const call = vi.fn<PreloadBridge['call']>(() => Promise.resolve(answer))
  const platform = createPlatform({
    call,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  const emit = (event: BridgeEvent): void => {
    for (const listener of listeners) listener(event)
  }
  return { platform, call, emit }
}

it('returns the result that main returns, parsed', async () => {
  const { platform, call } = platformReturning({ ok: true, value: defaultSettings })
  expect(await platform.call('settings.set', { theme: 'dark' })).toEqual(defaultSettings)
  expect(call).toHaveBeenCalledWith(null, 'settings.set', { theme: 'dark' })
})

it('names the account in each of its calls', async () => {
  const { platform, call } = platformReturning({ ok: true, value: [] })
  expect(await platform.account(me).call('replica.chats')).toEqual([])
  expect(call).toHaveBeenCalledWith(me, 'replica.chats', undefined)
})

it('rejects with the failure that main returns, and when the result breaks the contract', async () => {
  const failureOf = (answer: Answer<unknown>): Promise<unknown> =>
    platformReturning(answer)
      .platform.call('settings.get')
      .catch((error: unknown) => error)
  const refused = await failureOf({ ok: false, error: { code: 'refused', message: 'no' } })
  expect(refused).toBeInstanceOf(BridgeError)
  expect(refused).toMatchObject({ code: 'refused' })
  const broken = await failureOf({ ok: true, value: {} })
  expect(broken).toBeInstanceOf(BridgeError)
  expect(broken).toMatchObject({ code: 'internal' })
})

it('calls a listener with events of its name only, until the listener is removed', () => {
  const { platform, emit } = platformReturning({ ok: true, value: undefined })
  const listener = vi.fn<(payload: { focused: boolean }) => void>()
  const stop = platform.on('window.focus', listener)
  emit({ account: null, name: 'window.focus', payload: { focused: true } })
  emit({ account: null, name: 'power.state', payload: { state: 'idle' } })
  stop()
  emit({ account: null, name: 'window.focus', payload: { focused: false } })
  expect(listener.mock.calls).toEqual([[{ focused: true }, null]])
})

it('calls no listener of an account with an event of another', () => {
  const { platform, emit } = platformReturning({ ok: true, value: undefined })
  const listener = vi.fn<() => void>()
  platform.account(me).on('replica.interrupted', listener)
  emit({ account: ada, name: 'replica.interrupted', payload: {} })
  expect(listener).not.toHaveBeenCalled()
  emit({ account: me, name: 'replica.interrupted', payload: {} })
  expect(listener).toHaveBeenCalledOnce()
})
