import { expect, it } from 'vitest'
import type { OperationCounts } from '../../src/renderer/data/operations.ts'
import type { MessageBody } from '#shared/messages/body.ts'
import type { MessageId } from '#shared/domain/ids.ts'
import type { SignedInClient } from '../support/client.ts'
import { chattingPair, shown, untilFlushed, untilSent } from './people.ts'

/** Counts Ada's writes and Ben's reads of chats and messages during `action`, and Ben's receipts. */
async function costOf(
  { ada, ben }: { ada: SignedInClient; ben: SignedInClient },
  action: () => Promise<void>,
): Promise<{ written: number; read: number; receipts: number }> {
  const before = { ada: ada.operations.counts(), ben: ben.operations.counts() }
  await action()
  const after = { ada: ada.operations.counts(), ben: ben.operations.counts() }
  const count = (counts: OperationCounts['reads'], ...kinds: string[]): number =>
    kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0)
  const messages = ['chats', 'chats/messages']
  return {
    written: count(after.ada.writes, ...messages) - count(before.ada.writes, ...messages),
    read: count(after.ben.reads, ...messages) - count(before.ben.reads, ...messages),
    receipts: count(after.ben.writes, 'chats/activity') - count(before.ben.writes, 'chats/activity'),
  }
}

it('a message costs two writes, and one read for its recipient, with the chat open or closed', async () => {
  const people = await chattingPair()
  const { ada, ben, chatId } = people
  await Promise.all([untilFlushed(ada), untilFlushed(ben), untilSent(ada)])
  for (const isOpen of [true, false]) {
    if (!isOpen) ben.services.conversation.close()
    const { written, read, receipts } = await costOf(people, async () => {
      const expected = shown(ada).length + 10
      for (let index = 0; index < 10; index++) {
        await ada.send(chatId, `message ${String(index)}`)
        await untilSent(ada)
      }
      await ben.until('the last count', ({ chats }) => chats.get(chatId)?.messageCount === expected)
      await untilFlushed(ben)
    })
    expect(written).toBe(20)
    expect(read).toBe(10)
    expect(receipts).toBeLessThan(10)
  }
})

it('an edit or a deletion costs two writes; one read when the message is the newest, else two', async () => {
  const people = await chattingPair()
  const { ada, ben, chatId } = people
  const bodyOf = (id: string): MessageBody | null | undefined =>
    [...ben.store.getState().messages.values()].find((message) => message.id === id)?.body
  const change = (id: MessageId, body: MessageBody | null, isNewest: boolean) =>
    costOf(people, async () => {
      await ada.wire().messages.change({ id, chatId, body, isNewest })
      await ben.until('the change', () => JSON.stringify(bodyOf(id)) === JSON.stringify(body))
    })
  await ada.send(chatId, 'older')
  await ada.send(chatId, 'newest')
  await untilSent(ada)
  await ben.until('both', () => shown(ben).length === 4)
  await Promise.all([untilFlushed(ada), untilFlushed(ben)])
  const [older, newest] = (await ada.messages(chatId)).slice(-2)
  if (older === undefined || newest === undefined) throw new Error('there are no messages')

  const edited: MessageBody = { kind: 'text', text: 'edited' }
  expect(await change(newest.id, edited, true)).toMatchObject({ written: 2, read: 1 })
  expect(await change(older.id, edited, false)).toMatchObject({ written: 2, read: 2 })
  expect(await change(older.id, null, false)).toMatchObject({ written: 2, read: 2 })
  expect(await change(newest.id, null, true)).toMatchObject({ written: 2, read: 1 })
  expect(shown(ben)).toEqual(['first', 'second', '(deleted)', '(deleted)'])
})
