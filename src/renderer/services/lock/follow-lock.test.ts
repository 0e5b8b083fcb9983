import { expect, it, vi } from 'vitest'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import { chatId } from '#shared/domain/test-data.ts'
import { createPlatform } from '../../platform/bridge.ts'
import { createAppStore } from '../../stores/app-store.ts'
import { followLock, type FollowLockOptions } from './follow-lock.ts'

function setUp() {
  const store = createAppStore()
  const done: unknown[] = []
  let forgotten = 0
  let emit: (event: BridgeEvent) => void = () => undefined
  const voice = {
    voiceNotes: () => Promise.resolve({ stop: (id: unknown) => Promise.resolve(done.push(['stop', id])) }),
    player: () => Promise.resolve({ pause: () => done.push('pause') }),
  }
  followLock({
    platform: createPlatform({
      call: () => Promise.reject(new Error('not used')),
      listen(listener) {
        emit = listener
        return () => undefined
      },
    }),
    store,
    conversation: { flushDrafts: () => Promise.resolve(void done.push('drafts')) },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these methods are used
    voice: voice as unknown as FollowLockOptions['voice'],
    forget: () => void (forgotten += 1),
    report: (event, error) => done.push([event, error]),
  })
  const change = (locked: boolean, hasPin = true): void => {
    const payload = { hasPin, locked, waitMs: 0, touchId: false }
    emit({ account: null, name: 'lock.changed', payload })
  }
  return { store, done, change, forgotten: () => forgotten }
}

it('saves drafts, and ends what plays and is recorded, once when the app is locked', async () => {
  const { store, done, change } = setUp()
  store.setState({ voiceNotes: new Map([[chatId, { phase: 'recording', problem: null }]]) })
  change(true)
  expect(store.getState().lock).toMatchObject({ locked: true })
  await vi.waitFor(() => expect(done).toEqual(['drafts', ['stop', chatId]]))
  change(true)
  change(false)
  expect(store.getState().lock).toMatchObject({ locked: false })
  expect(done).toHaveLength(2)
})

it('deletes what the next start would show before it knows of the lock, as soon as there is a PIN', () => {
  const { change, forgotten } = setUp()
  change(false, false)
  expect(forgotten()).toBe(0)
  change(false)
  expect(forgotten()).toBe(1)
})
