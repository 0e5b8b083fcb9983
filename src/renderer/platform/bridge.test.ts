import { expect, it, vi } from 'vitest'
import type { Answer, BridgeEvent, PreloadBridge } from '#shared/bridge.ts'
import { defaultSettings } from '#shared/settings.ts'
import { BridgeError, createPlatform } from './bridge.ts'

function platformAnswering(answer: Answer<unknown>) {
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

it('answers what main answers, parsed', async () => {
  const { platform, call } = platformAnswering({ ok: true, value: defaultSettings })
  expect(await platform.call('settings.set', { theme: 'dark' })).toEqual(defaultSettings)
  expect(call).toHaveBeenCalledWith('settings.set', { theme: 'dark' })
})

it('rejects with the failure that main answers, and when the answer breaks the contract', async () => {
  const failureOf = (answer: Answer<unknown>): Promise<unknown> =>
    platformAnswering(answer)
      .platform.call('settings.get')
      .catch((error: unknown) => error)
  const refused = await failureOf({ ok: false, error: { code: 'refused', message: 'no' } })
  expect(refused).toBeInstanceOf(BridgeError)
  expect(refused).toMatchObject({ code: 'refused' })
  const broken = await failureOf({ ok: true, value: {} })
  expect(broken).toBeInstanceOf(BridgeError)
  expect(broken).toMatchObject({ code: 'internal' })
})

it('hands each listener its own events, until it stops', () => {
  const { platform, emit } = platformAnswering({ ok: true, value: undefined })
  const heard = vi.fn<(payload: { focused: boolean }) => void>()
  const stop = platform.on('window.focus', heard)
  emit({ name: 'window.focus', payload: { focused: true } })
  emit({ name: 'power.state', payload: { state: 'idle' } })
  stop()
  emit({ name: 'window.focus', payload: { focused: false } })
  expect(heard.mock.calls).toEqual([[{ focused: true }]])
})
