import { doc, initializeFirestore } from 'firebase/firestore'
import { deleteApp, initializeApp } from 'firebase/app'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Operations } from './operations.ts'
import { followOne, type Batch } from './reading.ts'
import type { WireError } from './wire-error.ts'

type Listen = (reference: unknown, options: unknown, onNext: (snapshot: unknown) => void) => () => void
const { onSnapshot } = vi.hoisted(() => ({ onSnapshot: vi.fn<Listen>() }))
vi.mock('firebase/firestore', async (original) => ({ ...(await original<object>()), onSnapshot }))

const app = initializeApp({ projectId: 'demo-perch' })
const db = initializeFirestore(app, {})
afterAll(() => deleteApp(app))

beforeEach(() => {
  onSnapshot.mockReset().mockReturnValue(() => undefined)
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

function startFollowing() {
  const batches: Batch<string | undefined>[] = []
  const unreadable: string[] = []
  const context = {
    operations: new Operations(),
    now: Date.now,
    onUnreadable: (path: string) => unreadable.push(path),
    onHeard: () => undefined,
    onLate: () => undefined,
  }
  followOne<string>(
    context,
    doc(db, 'presence', 'ada'),
    (data) => (data['state'] === 'online' ? 'online' : undefined),
    { onBatch: (batch) => batches.push(batch), onError: (error: WireError) => expect.fail(error.message) },
  )
  return { unreadable, items: () => batches.flatMap(({ items }) => items) }
}

describe('following one document', () => {
  it('says what the server has confirmed', () => {
    const { items } = startFollowing()
    say({ fromCache: true })
    say({ data: { state: 'online' }, hasPendingWrites: true })
    expect(items()).toEqual([])
    say({ data: { state: 'online' } })
    say({})
    expect(items()).toEqual(['online', undefined])
  })

  it('does not take what it cannot understand for nothing', () => {
    const { items, unreadable } = startFollowing()
    say({ data: { state: 'dancing' } })
    expect(items()).toEqual([])
    expect(unreadable).toEqual(['presence/ada'])
  })
})
