import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatSync, MessagePage, PageResult } from '#shared/bridge/replica.ts'
import { ada, chatId, messageId, wireMessage } from '#shared/domain/test-data.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import { WireError } from '../../data/wire-error.ts'
import { MessageSync, type MessageSyncOptions } from './message-sync.ts'

interface Page {
  items: WireMessage[]
  cursor: number | null
}

/** What was read from the wire, in order. */
let read: string[]
/** The pages that the wire returns for each read of changes. */
let pages: Page[]
/** The sync state that the replica returns. */
let state: ChatSync
/** The result of every page that the replica stores. */
let result: PageResult
let failure: WireError | undefined
let methods: string[]
let applied: MessagePage[]
let reported: string[]
let sync: MessageSync

beforeEach(() => {
  vi.useFakeTimers()
  read = []
  pages = [{ items: [], cursor: null }]
  state = {
    cursor: 50_000,
    syncedCount: 3,
    syncedRevision: 3,
    messageCount: 5,
    revision: 5,
    changed: messageId(1),
    updatedAt: 100_000,
    needsFirstPage: false,
    oldest: null,
    historyComplete: true,
  }
  result = { inserted: 2, changed: 2, syncedCount: 5 }
  failure = undefined
  methods = []
  applied = []
  reported = []
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const options = {
    replica: { call },
    wire: { messages: { changes, history, get } },
    report: (event: string) => reported.push(event),
  } as unknown as MessageSyncOptions
  sync = new MessageSync(options)
})
afterEach(() => {
  sync.stop()
  vi.useRealTimers()
})

function call(method: string, args: MessagePage[]): Promise<unknown> {
  methods.push(method)
  if (method === 'replica.chatsBehind') return Promise.resolve([chatId])
  if (method === 'replica.chatSync') return Promise.resolve(state)
  applied.push(...args)
  return Promise.resolve(args.map(() => result))
}
async function* changes(_: ChatId, since: number): AsyncGenerator<Page> {
  read.push(`changes ${String(since)}`)
  await Promise.resolve()
  if (failure !== undefined) throw failure
  yield* pages
}
function history(): Promise<Page & { full: boolean }> {
  read.push('history')
  return Promise.resolve({ items: [wireMessage(101, ada), wireMessage(1, ada)], cursor: 101_000, full: true })
}
function get(_: ChatId, id: string): Promise<WireMessage> {
  read.push(`get ${id}`)
  return Promise.resolve(wireMessage(1, ada, { updatedAt: 100_000 }))
}

describe('whether messages are missing', () => {
  it('is so while a chat could not be read, but not for one that may not be read', async () => {
    for (const [kind, expected] of [
      ['offline', true],
      ['denied', false],
    ] as const) {
      failure = new WireError(kind)
      sync.behind([chatId])
      await sync.whenTried()
      expect(await sync.isBehind()).toBe(expected)
    }
    failure = undefined
    sync.behind([chatId])
    expect(await sync.isBehind()).toBe(true)
  })
})

describe('a chat that is behind', () => {
  it('is read from its cursor on, and has then everything up to the revision of its document', async () => {
    sync.behind([chatId])
    await sync.whenTried()
    expect(read).toEqual(['changes 50000'])
    expect(applied.at(-1)).toMatchObject({ messages: [], syncedCount: 5, syncedRevision: 5 })
    expect(reported).toEqual([])
  })

  it('is read once more, from before the cursor, when a change is missing', async () => {
    result = { inserted: 0, changed: 1, syncedCount: 5 }
    sync.behind([chatId])
    await sync.whenTried()
    expect(read).toEqual(['changes 50000', 'changes 40000'])
    expect(reported).toEqual([])
  })

  it('is read once more, from before the cursor, when messages are missing; then the gap is reported', async () => {
    result = { inserted: 0, changed: 2, syncedCount: 3 }
    sync.behind([chatId])
    await sync.whenTried()
    expect(read).toEqual(['changes 50000', 'changes 40000'])
    expect(reported).toEqual(['sync.gap'])
    expect(applied.at(-1)).toMatchObject({ syncedCount: 5, syncedRevision: 5 })
  })

  it('causes one read when only one change of an older message is missing', async () => {
    state.syncedRevision = 4
    sync.behind([chatId])
    await sync.whenTried()
    expect(read).toEqual([`get ${messageId(1)}`])
    expect(applied).toMatchObject([{ cursor: 100_000, syncedRevision: 5, messages: [{ id: messageId(1) }] }])
  })

  it('has a complete history from the first page on when it is new', async () => {
    state = { ...state, cursor: 0, syncedCount: 0, syncedRevision: 0 }
    pages = [
      { items: [], cursor: 5 },
      { items: [], cursor: 9 },
    ]
    sync.behind([chatId])
    await sync.whenTried()
    expect(read).toEqual(['changes 0'])
    expect(applied.slice(0, 2)).toMatchObject([
      { cursor: 5, historyComplete: true },
      { cursor: 9, historyComplete: true },
    ])
  })

  it('loads only its newest page when it is older than the replica', async () => {
    state.needsFirstPage = true
    sync.behind([chatId])
    await sync.whenTried()
    expect(read).toEqual(['history'])
    // One message of the page is newer than the document.
    expect(applied).toMatchObject([
      { source: 'history', cursor: 101_000, syncedCount: 6, syncedRevision: 5, historyComplete: false },
    ])
  })

  it('is found again after a restart', async () => {
    await sync.start()
    await sync.whenTried()
    expect(read).toEqual(['changes 50000'])
  })
})

describe('a chat in step', () => {
  it('is not read when it is opened', async () => {
    state.syncedRevision = 5
    await sync.catchUp(chatId)
    expect(read).toEqual([])
    expect(methods).toEqual(['replica.chatSync'])
  })
})

describe('a read that fails', () => {
  it('is retried with backoff, and at once when the server responds again', async () => {
    failure = new WireError('offline')
    sync.behind([chatId])
    await sync.whenTried()
    await vi.advanceTimersByTimeAsync(1000)
    expect(read).toHaveLength(2)
    sync.resume()
    await sync.whenTried()
    expect(read).toHaveLength(3)
  })

  it('is not retried when the rules deny it: the next change of the chat tries again', async () => {
    failure = new WireError('denied')
    sync.behind([chatId])
    await sync.whenTried()
    sync.resume()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(read).toHaveLength(1)
  })
})
