import { doc, initializeFirestore } from 'firebase/firestore'
import { deleteApp, initializeApp } from 'firebase/app'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Operations } from './operations.ts'
import { followOne, type Batch } from './reading.ts'
import type { WireError } from './wire-error.ts'

type Listen = (reference: unknown, options: unknown, onNext: (snapshot: unknown) => void) => () => void
const { onSnapshot } = vi.hoisted(() => ({ onSnapshot: vi.fn<Listen>() }))
vi.mock('firebase/firestore', async (original) => ({ ...(await original<object>()), onSnapshot }))

const app = initializeApp({ projectId: 'demo-perch' })
const db = initializeFirestore(app, {})
afterAll(() => deleteApp(app))

const unlisten = vi.fn<() => void>()
beforeEach(() => {
  vi.useFakeTimers()
  onSnapshot.mockReset().mockReturnValue(unlisten)
  unlisten.mockReset()
})
afterEach(() => {
  vi.useRealTimers()
})

interface Snapshot {
  data?: { state: string }
  fromCache?: boolean
  hasPendingWrites?: boolean
}

/** What the SDK says to whoever listened last. */
function say({ data, fromCache = false, hasPendingWrites = false }: Snapshot): void {
  onSnapshot.mock.lastCall?.[2]({ data: () => data, metadata: { fromCache, hasPendingWrites } })
}

function startFollowing(isEmulated: boolean) {
  const batches: Batch<string | undefined>[] = []
  const unreadable: string[] = []
  const context = {
    operations: new Operations(),
    now: Date.now,
    onUnreadable: (path: string) => unreadable.push(path),
    onHeard: () => undefined,
    onLate: () => undefined,
    isEmulated,
  }
  const stop = followOne<string>(
    context,
    doc(db, 'presence', 'ada'),
    (data) => (data['state'] === 'online' ? 'online' : undefined),
    { onBatch: (batch) => batches.push(batch), onError: (error: WireError) => expect.fail(error.message) },
  )
  return { stop, unreadable, items: () => batches.flatMap(({ items }) => items) }
}

describe('following one document', () => {
  it('says what the server has confirmed', () => {
    const { items } = startFollowing(false)
    say({ fromCache: true })
    say({ data: { state: 'online' }, hasPendingWrites: true })
    expect(items()).toEqual([])
    say({ data: { state: 'online' } })
    say({})
    expect(items()).toEqual(['online', undefined])
  })

  it('does not take what it cannot understand for nothing', () => {
    const { items, unreadable } = startFollowing(false)
    say({ data: { state: 'dancing' } })
    expect(items()).toEqual([])
    expect(unreadable).toEqual(['presence/ada'])
  })

  it('asks the emulator once more for what is absent', () => {
    const { items, stop } = startFollowing(true)
    say({})
    say({})
    vi.advanceTimersByTime(5000)
    expect(unlisten).toHaveBeenCalledTimes(1)
    expect(onSnapshot).toHaveBeenCalledTimes(2)
    say({})
    vi.advanceTimersByTime(5000)
    expect(onSnapshot).toHaveBeenCalledTimes(2)
    say({ data: { state: 'online' } })
    expect(items()).toEqual([undefined, undefined, undefined, 'online'])
    stop()
    expect(unlisten).toHaveBeenCalledTimes(2)
  })

  it('asks nothing twice of Firestore, or after it has stopped', () => {
    startFollowing(false)
    say({})
    vi.advanceTimersByTime(5000)
    const { stop } = startFollowing(true)
    say({})
    stop()
    vi.advanceTimersByTime(5000)
    expect(onSnapshot).toHaveBeenCalledTimes(2)
  })
})
