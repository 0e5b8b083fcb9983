import { doc, initializeFirestore } from 'firebase/firestore'
import { deleteApp, initializeApp } from 'firebase/app'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Operations } from './operations.ts'
import { followOne, type DocumentBatch } from './reading.ts'
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
}

/** Emits a snapshot to the newest listener. */
function emit({ data, fromCache = false }: Snapshot): void {
  onSnapshot.mock.lastCall?.[2]({ data: () => data, metadata: { fromCache } })
}

function startFollowing() {
  const batches: DocumentBatch<string | null>[] = []
  const unreadable: string[] = []
  const context = {
    operations: new Operations(),
    now: Date.now,
    onUnreadable: (path: string) => unreadable.push(path),
    onContact: () => undefined,
    onTimeout: () => undefined,
  }
  const parse = (data: object): string | undefined =>
    'state' in data && data.state === 'online' ? 'online' : undefined
  followOne<string | null>(
    context,
    doc(db, 'presence', 'ada'),
    { parse, missing: [null] },
    { onBatch: (batch) => batches.push(batch), onError: (error: WireError) => expect.fail(error.message) },
  )
  return { unreadable, items: () => batches.flatMap(({ items }) => items) }
}

describe('following one document', () => {
  it('emits what the server has confirmed', () => {
    const { items } = startFollowing()
    emit({ fromCache: true })
    emit({ data: { state: 'online' }, fromCache: true })
    expect(items()).toEqual([])
    emit({ data: { state: 'online' } })
    emit({})
    expect(items()).toEqual(['online', null])
  })

  it('emits nothing for a malformed document, unlike a missing one', () => {
    const { items, unreadable } = startFollowing()
    emit({ data: { state: 'dancing' } })
    expect(items()).toEqual([])
    expect(unreadable).toEqual(['presence/ada'])
  })
})
