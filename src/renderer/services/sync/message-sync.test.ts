import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WireChat } from '#shared/domain/chat.ts'
import { directChatId, userIdSchema, type ChatId, type UserId } from '#shared/domain/ids.ts'
import { emptyChat, me, wireChat } from '#shared/domain/test-data.ts'
import { MessageSync, type MessageSyncOptions } from './message-sync.ts'

const ana = userIdSchema.parse('ana')
const ben = userIdSchema.parse('ben')
const chatA = directChatId(me, ana)
const chatB = directChatId(me, ben)

/** Chats whose messages were read from the wire, in order. */
let read: ChatId[]
/** The start of each read (server ms). */
let readSince: number[]
/** The pages that the wire returns for each read. */
let pages: { items: never[]; cursor: number | null }[]
/** The sync state that the replica returns for every chat. */
let cursor: number
let syncedCount: number
/** The calls to the replica, in order. */
let calls: { method: string; args: unknown }[]
let reported: string[]
let sync: MessageSync

beforeEach(() => {
  vi.useFakeTimers()
  read = []
  readSince = []
  pages = [{ items: [], cursor: null }]
  cursor = 1
  syncedCount = 1000
  calls = []
  reported = []
  const call = (method: string, args: unknown): Promise<unknown> => {
    calls.push({ method, args })
    return Promise.resolve({ cursor, syncedCount, oldest: null, historyComplete: true, inserted: 0 })
  }
  const changes = async function* (chatId: ChatId, since: number): AsyncGenerator<(typeof pages)[number]> {
    read.push(chatId)
    readSince.push(since)
    await Promise.resolve()
    yield* pages
  }
  const messages = { changes, follow: () => () => undefined }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what is used here
  const options = {
    replica: { call },
    wire: { messages },
    report: (event: string) => reported.push(event),
    onCaughtUp: () => undefined,
  } as unknown as MessageSyncOptions
  sync = new MessageSync(options)
})
afterEach(() => {
  sync.stop()
  vi.useRealTimers()
})

function changed(peer: UserId, updatedAt: number): WireChat {
  return wireChat(peer, { messageCount: 1, updatedAt })
}

async function open(peer: UserId): Promise<void> {
  await sync.open(emptyChat(peer, { messageCount: 1, onWire: false }))
  read = []
}

it('reads an opened chat from its cursor on, even when a migration has moved it back', async () => {
  cursor = 50
  await sync.open(emptyChat(ana, { messageCount: 1, updatedAt: 100 }))
  expect(read).toEqual([chatA])
  expect(readSince).toEqual([50])
})

describe('the check of a chat that was open when it changed', () => {
  it('happens even if another chat is opened and changes meanwhile', async () => {
    await open(ana)
    sync.changed([changed(ana, 100)], true)
    await open(ben)
    sync.changed([changed(ben, 200)], true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(read).toContain(chatB)
    expect(sync.pendingSince).toBe(Infinity)
  })

  it('is not postponed by later changes', async () => {
    await open(ana)
    for (let change = 0; change < 3; change++) {
      sync.changed([changed(ana, 100 + change)], true)
      await vi.advanceTimersByTimeAsync(9000)
    }
    expect(read.length).toBeGreaterThan(0)
  })

  it('happens at once when the chat is closed', async () => {
    await open(ana)
    sync.changed([changed(ana, 100)], true)
    sync.close()
    await vi.advanceTimersByTimeAsync(10)
    expect(read).toContain(chatA)
    expect(sync.pendingSince).toBe(Infinity)
  })

  it('reads nothing that the listener has delivered or is about to deliver', async () => {
    await open(ana)
    sync.changed([changed(ana, 100)], true)
    await vi.advanceTimersByTimeAsync(9000)
    sync.changed([changed(ana, 200)], true)
    cursor = 100
    await vi.advanceTimersByTimeAsync(9000)
    expect(read).toEqual([])
    await vi.advanceTimersByTimeAsync(9000)
    expect(read).toEqual([chatA])
  })
})

describe('a chat that changed', () => {
  it('causes two calls to the replica: one for its sync state, one to store messages', async () => {
    sync.changed([changed(ana, 100)], true)
    await sync.whenTried()
    expect(calls.map(({ method }) => method)).toEqual(['replica.chatSync', 'replica.applyMessages'])
    expect(readSince).toEqual([1])
    expect(sync.pendingSince).toBe(Infinity)
  })

  it('is read once more, from before the cursor, when messages are missing', async () => {
    cursor = 50_000
    syncedCount = 0
    sync.changed([changed(ana, 100_000)], true)
    await sync.whenTried()
    expect(readSince).toEqual([50_000, 40_000])
    expect(reported).toEqual(['sync.gap'])
    expect(calls.at(-1)).toMatchObject({ method: 'replica.applyMessages', args: { syncedCount: 1 } })
    expect(sync.pendingSince).toBe(Infinity)
  })

  it('has a complete history from the first page on when it is new', async () => {
    cursor = 0
    pages = [
      { items: [], cursor: 5 },
      { items: [], cursor: 9 },
    ]
    sync.changed([changed(ana, 9)], true)
    await sync.whenTried()
    expect(readSince).toEqual([0])
    expect(calls.slice(1)).toMatchObject([
      { args: { cursor: 5, historyComplete: true } },
      { args: { cursor: 9, historyComplete: true } },
    ])
  })
})
