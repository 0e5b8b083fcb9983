import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { wireChatSchema, type WireChat } from '#shared/domain/chat.ts'
import { directChatId, userIdSchema, type ChatId } from '#shared/domain/ids.ts'
import { MessageSync, type MessageSyncOptions } from './message-sync.ts'

const me = userIdSchema.parse('me')
const chatA = directChatId(me, userIdSchema.parse('ana'))
const chatB = directChatId(me, userIdSchema.parse('ben'))

/** Chats whose messages were read from the wire, in order. */
let read: ChatId[]
/** How far the replica has what changed. */
let mark: number
let sync: MessageSync

beforeEach(() => {
  vi.useFakeTimers()
  read = []
  mark = 1
  const call = (): Promise<unknown> =>
    Promise.resolve({ mark, syncedCount: 1000, oldest: null, historyComplete: true, inserted: 0 })
  const changes = async function* (chatId: ChatId): AsyncGenerator<{ items: never[]; mark: null }> {
    read.push(chatId)
    yield await Promise.resolve({ items: [], mark: null })
  }
  const messages = { changes, follow: () => () => undefined }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what is used here
  const options = {
    platform: { call },
    wire: { messages },
    report: () => undefined,
    onCaughtUp: () => undefined,
  } as unknown as MessageSyncOptions
  sync = new MessageSync(options)
})
afterEach(() => {
  sync.stop()
  vi.useRealTimers()
})

function changed(id: ChatId, updatedAt: number): WireChat {
  return wireChatSchema.parse({
    id,
    kind: 'direct',
    memberIds: id.split('_'),
    title: null,
    createdAt: 1,
    messageCount: 1,
    last: null,
    updatedAt,
  })
}

async function open(id: ChatId): Promise<void> {
  await sync.open({ ...changed(id, 1), last: null, onWire: false })
  read = []
}

describe('the check of a chat that was open when it changed', () => {
  it('comes even if another chat is opened and changes meanwhile', async () => {
    await open(chatA)
    sync.changed([changed(chatA, 100)], true)
    await open(chatB)
    sync.changed([changed(chatB, 200)], true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(read).toContain(chatB)
    expect(sync.owedSince).toBe(Infinity)
  })

  it('is not put off by what comes after', async () => {
    await open(chatA)
    for (let change = 0; change < 3; change++) {
      sync.changed([changed(chatA, 100 + change)], true)
      await vi.advanceTimersByTimeAsync(9000)
    }
    expect(read.length).toBeGreaterThan(0)
  })

  it('is made at once when the chat is left', async () => {
    await open(chatA)
    sync.changed([changed(chatA, 100)], true)
    sync.close()
    await vi.advanceTimersByTimeAsync(10)
    expect(read).toContain(chatA)
    expect(sync.owedSince).toBe(Infinity)
  })

  it('reads nothing that the listener has brought, or is about to bring', async () => {
    await open(chatA)
    sync.changed([changed(chatA, 100)], true)
    await vi.advanceTimersByTimeAsync(9000)
    sync.changed([changed(chatA, 200)], true)
    mark = 100
    await vi.advanceTimersByTimeAsync(9000)
    expect(read).toEqual([])
    await vi.advanceTimersByTimeAsync(9000)
    expect(read).toEqual([chatA])
  })
})
