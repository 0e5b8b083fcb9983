import { expect, it } from 'vitest'
import type { OperationCounts } from '../../src/renderer/data/operations.ts'
import { chattingPair, shown, untilFlushed, untilSent } from './people.ts'

function count(counts: OperationCounts['reads'], ...kinds: string[]): number {
  return kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0)
}

it('a message costs two writes, and two reads for its recipient, with the chat open or closed', async () => {
  const { ada, ben, chatId } = await chattingPair()
  await Promise.all([untilFlushed(ada), untilFlushed(ben), untilSent(ada)])
  for (const isOpen of [true, false]) {
    if (!isOpen) ben.services.conversation.close()
    const before = { ada: ada.operations.counts(), ben: ben.operations.counts() }
    const expected = shown(ada).length + 10
    for (let index = 0; index < 10; index++) {
      await ada.send(chatId, `message ${String(index)}`)
      await untilSent(ada)
    }
    await ben.until('the last message', () => ben.incoming.length >= expected - 1)
    await ben.until('the last count', ({ chats }) => chats.get(chatId)?.messageCount === expected)
    await untilFlushed(ben)
    const after = { ada: ada.operations.counts(), ben: ben.operations.counts() }

    const written =
      count(after.ada.writes, 'chats', 'chats/messages') - count(before.ada.writes, 'chats', 'chats/messages')
    const read =
      count(after.ben.reads, 'chats', 'chats/messages') - count(before.ben.reads, 'chats', 'chats/messages')
    expect(written).toBe(20)
    expect(read).toBeLessThanOrEqual(20)
    const receipts = count(after.ben.writes, 'chats/activity') - count(before.ben.writes, 'chats/activity')
    expect(receipts).toBeLessThan(10)
  }
})
