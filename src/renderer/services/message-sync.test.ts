import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { wireChatSchema, type WireChat } from '#shared/domain/chat.ts'
import { directChatId, userIdSchema, type ChatId } from '#shared/domain/ids.ts'
import { MessageSync, type MessageSyncOptions } from './message-sync.ts'

const me = userIdSchema.parse('me')
const chatA = directChatId(me, userIdSchema.parse('ana'))
const chatB = directChatId(me, userIdSchema.parse('ben'))

/** Chats whose messages were asked for, in order. */
let drained: ChatId[]
let sync: MessageSync

beforeEach(() => {
  vi.useFakeTimers()
  drained = []
  const call = (method: string, { chatId }: { chatId: ChatId }): Promise<unknown> => {
    if (method === 'replica.chatSync') drained.push(chatId)
    return Promise.resolve({ mark: 1, syncedCount: 1000, oldest: null, historyComplete: true, inserted: 0 })
  }
  const changes = async function* (): AsyncGenerator<{ items: never[]; mark: null }> {
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
  drained = []
}

describe('the check of a chat that was open when it changed', () => {
  it('comes even if another chat is opened and changes meanwhile', async () => {
    await open(chatA)
    sync.changed([changed(chatA, 100)], true)
    await open(chatB)
    sync.changed([changed(chatB, 200)], true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(drained).toContain(chatB)
    expect(sync.owedSince).toBe(Infinity)
  })

  it('is not put off by what comes after', async () => {
    await open(chatA)
    for (let change = 0; change < 3; change++) {
      sync.changed([changed(chatA, 100 + change)], true)
      await vi.advanceTimersByTimeAsync(9000)
    }
    expect(drained.length).toBeGreaterThan(0)
  })

  it('is made at once when the chat is left', async () => {
    await open(chatA)
    sync.changed([changed(chatA, 100)], true)
    sync.close()
    await vi.advanceTimersByTimeAsync(10)
    expect(drained).toContain(chatA)
    expect(sync.owedSince).toBe(Infinity)
  })
})
