import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Batch, CollectionName } from '#shared/collections/index.ts'
import type { Chat, WireChat } from '#shared/domain/chat.ts'
import { ada, emptyChat, me, wireChat } from '#shared/domain/test-data.ts'
import type { Listener } from '../../data/reading.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import { Sync, type SyncOptions } from './sync.ts'

/** The batches of chats that the replica has stored, in order. */
let stored: Batch<'chats'>[]
/** The newest listener on the chats. */
let chats: Listener<WireChat>
/** How many chats the server counts; undefined: too many to count. */
let count: number | undefined
/** How often the server was asked to count. */
let counted: number
let listsRead: number
let store: AppStore
let sync: Sync

async function start(cursor: number | undefined): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const options = {
    me,
    store,
    replica: {
      call(method: string, args: Batch) {
        if (method === 'replica.syncCursors') return Promise.resolve({ chats: cursor })
        if (method === 'replica.apply' && args.collection === 'chats') stored.push(args)
        return Promise.resolve({ behind: [] })
      },
    },
    wire: {
      follow(name: CollectionName, _: number, listener: Listener<WireChat>) {
        if (name === 'chats') chats = listener
        return () => undefined
      },
      chats: {
        count() {
          counted += 1
          return Promise.resolve(count)
        },
        all() {
          listsRead += 1
          return Promise.resolve({ chats: [], ids: new Set() })
        },
      },
    },
    connection: { setLive: () => undefined },
    messages: { behind: () => undefined, resume: () => undefined, whenTried: () => Promise.resolve() },
    profiles: { fetchMissing: () => undefined },
    report: (event: string, error: unknown) => expect.fail(`${event}: ${String(error)}`),
    onLive: () => undefined,
  } as unknown as SyncOptions
  sync = new Sync(options)
  await sync.start()
}

beforeEach(() => {
  stored = []
  listsRead = 0
  count = 0
  counted = 0
  store = createAppStore()
})
afterEach(() => sync.stop())

describe('the first load of a new replica', () => {
  it('stores no cursor before the last page: until then, each chat counts as older than the replica', async () => {
    await start(undefined)
    chats.onBatch({ items: [wireChat(ada)], cursor: 100_000, full: true })
    chats.onLive?.(true)
    await vi.waitFor(() => expect(stored).toHaveLength(1))
    chats.onBatch({ items: [wireChat(ada)], cursor: 200_000, full: false })
    chats.onLive?.(true)
    await vi.waitFor(() => expect(stored).toHaveLength(3))
    expect(stored.map(({ items, cursor }) => [items.length, cursor])).toEqual([
      [1, null],
      [1, null],
      [0, 200_000],
    ])
  })

  it('stores a cursor even if there was no chat: the first chat that arrives later counts as new', async () => {
    await start(undefined)
    chats.onLive?.(true)
    await vi.waitFor(() => expect(stored).toMatchObject([{ items: [], cursor: 1 }]))
    chats.onBatch({ items: [wireChat(ada)], cursor: 5, full: false })
    await vi.waitFor(() => expect(stored.at(-1)).toMatchObject({ cursor: 5 }))
  })
})

describe('the daily comparison with the server', () => {
  const known = (number: number): ReadonlyMap<Chat['id'], Chat> => {
    const chat = emptyChat(ada)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys only have to be distinct
    return new Map(Array.from({ length: number }, (_, n) => [`${chat.id}${String(n)}` as Chat['id'], chat]))
  }

  it('reads the list only when the counts differ', async () => {
    store.setState({ chats: known(3) })
    count = 3
    await start(5)
    chats.onLive?.(true)
    await vi.waitFor(() => expect(counted).toBe(1))
    // Lets everything that follows from the response run.
    await setImmediate()
    expect(listsRead).toBe(0)
  })

  it('reads the list when there are too many chats to count', async () => {
    store.setState({ chats: known(1500) })
    count = undefined
    await start(5)
    chats.onLive?.(true)
    await vi.waitFor(() => expect(listsRead).toBe(1))
  })
})
