import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { phoneSchema } from '#shared/domain/ids.ts'
import { me } from '#shared/domain/test-data.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import { createAppStore } from '../../stores/app-store.ts'
import { AccountSession } from './account-session.ts'
import type { LiveSession } from './live-session.ts'

const stopMirror = vi.fn<() => void>()
const stop = vi.fn<() => Promise<void>>(() => Promise.resolve())
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `end` uses only `stop`
const live = { stop } as unknown as LiveSession
let account: AccountSession

beforeEach(() => {
  vi.useFakeTimers()
  const replica: AccountBridge = { account: me, call: () => expect.fail('not used'), on: () => stopMirror }
  account = new AccountSession({ me, phone: phoneSchema.parse('+14155550100'), replica }, createAppStore())
})
afterEach(() => {
  vi.useRealTimers()
  vi.clearAllMocks()
})

it('calls each listener once when it goes live, and later ones at once', () => {
  const early = vi.fn<(session: LiveSession) => void>()
  const late = vi.fn<(session: LiveSession) => void>()
  account.onLive(early)
  expect(early).not.toHaveBeenCalled()
  account.goLive(live)
  account.onLive(late)
  expect(early).toHaveBeenCalledExactlyOnceWith(live)
  expect(late).toHaveBeenCalledExactlyOnceWith(live)
})

it('does not call a listener that has unsubscribed, or any after the end', async () => {
  const listener = vi.fn<(session: LiveSession) => void>()
  account.onLive(listener)()
  account.onLive(listener)
  await account.end()
  account.goLive(live)
  expect(listener).not.toHaveBeenCalled()
  // It listens to changes and to removed files.
  expect(stopMirror).toHaveBeenCalledTimes(2)
})

it('rejects as offline when it does not go live in time', async () => {
  const waiting = account.whenLive()
  vi.advanceTimersByTime(15_000)
  await expect(waiting).rejects.toMatchObject({ failure: 'offline' })
  account.goLive(live)
  await expect(account.whenLive()).resolves.toBe(live)
})

it('stops the live session with it', async () => {
  account.goLive(live)
  await account.end()
  expect(stop).toHaveBeenCalledOnce()
})
