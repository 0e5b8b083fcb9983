import { describe, expect, it } from 'vitest'
import type { ChatId } from '#shared/domain/ids.ts'
import { deliveryState, watermarksOf, type DeliveryState } from '#shared/domain/receipts.ts'
import { memorySession, shownMessages, temporaryDirectory, type SignedInClient } from '../support/client.ts'
import { person, shown, startAgain, untilFlushed, untilSent } from './people.ts'

/** Ada, Ben and Cleo in a group that all of them have open. */
async function trio(): Promise<{
  ada: SignedInClient
  ben: SignedInClient
  cleo: SignedInClient
  chatId: ChatId
}> {
  const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')])
  await ada.services.chats.createGroup('Garden', [ben.me, cleo.me])
  const chatId = ada.store.getState().navigation.openChatId
  if (chatId === null) throw new Error('No chat is open.')
  for (const other of [ben, cleo]) {
    await other.until('the group', ({ chats }) => chats.get(chatId)?.onWire === true)
    await other.services.conversation.open(chatId)
    await other.until('the event', (state) => shownMessages(state).length === 1)
  }
  return { ada, ben, cleo, chatId }
}

/** Reports the newest message as seen, like a window that shows it. */
function see(client: SignedInClient, chatId: ChatId): void {
  const newest = shownMessages(client.store.getState()).at(-1)
  if (newest !== undefined) client.services.conversation.seen(chatId, newest.id)
}

function newestTick(client: SignedInClient, chatId: ChatId): DeliveryState | undefined {
  const state = client.store.getState()
  const others = state.chats.get(chatId)?.memberIds.filter((id) => id !== client.me) ?? []
  const newest = shownMessages(state).at(-1)
  return newest && deliveryState(newest, watermarksOf(others, state.activities.get(chatId) ?? []))
}

const reads = (client: SignedInClient): number => client.operations.counts().reads['chats/activity'] ?? 0
const writes = (client: SignedInClient): number => client.operations.counts().writes['chats/activity'] ?? 0

describe('the receipts of a group', () => {
  it('cost each member one write in ten seconds, and those who do not look no read', async () => {
    const { ada, ben, cleo, chatId } = await trio()
    cleo.services.conversation.close()
    const startedAt = performance.now()
    for (let index = 1; index <= 6; index++) {
      await ada.send(chatId, `text ${String(index)}`)
      await ben.until('the text', () => shown(ben).includes(`text ${String(index)}`))
      see(ben, chatId)
    }
    await cleo.until('the texts', ({ chats }) => chats.get(chatId)?.messageCount === 6)
    await Promise.all([untilFlushed(ben), untilFlushed(cleo)])
    const mostWrites = 1 + Math.ceil((performance.now() - startedAt) / 10_000)
    for (const reader of [ben, cleo]) {
      expect(writes(reader)).toBeGreaterThan(0)
      expect(writes(reader)).toBeLessThanOrEqual(mostWrites)
    }
    expect(writes(ada)).toBe(0)
    expect([ada, ben, cleo].map(reads)).toEqual([0, 0, 0])
  })

  it('turn the tick from one to double to blue while the sender looks', async () => {
    const { ada, ben, cleo, chatId } = await trio()
    cleo.services.conversation.close()
    await ada.send(chatId, 'Who waters?')
    await untilSent(ada)
    expect(newestTick(ada, chatId)).toBe('sent')
    const stop = ada.services.conversation.followMembers(chatId, 'receipts')
    await ada.until('delivered', () => newestTick(ada, chatId) === 'delivered')
    see(ben, chatId)
    await cleo.services.conversation.open(chatId)
    await cleo.until('the text', () => shown(cleo).includes('Who waters?'))
    see(cleo, chatId)
    await ada.until('read', () => newestTick(ada, chatId) === 'read')
    // Two members wrote twice, and the first answer may hold what they wrote before.
    expect(reads(ada)).toBeLessThanOrEqual(6)
    stop()
    const before = reads(ada)
    await ben.send(chatId, 'I do')
    await untilFlushed(ben)
    await cleo.until('the answer', () => shown(cleo).includes('I do'))
    see(cleo, chatId)
    await untilFlushed(cleo)
    expect(reads(ada)).toBe(before)
  })

  it('show who is typing, and nothing else, to those who follow typing', async () => {
    const { ada, ben, cleo, chatId } = await trio()
    const stop = ada.services.conversation.followMembers(chatId, 'typing')
    const typing = (client: SignedInClient): string[] =>
      (client.store.getState().activities.get(chatId) ?? [])
        .filter(({ typingUntil, userId }) => typingUntil !== null && userId !== client.me)
        .map(({ userId }) => userId)
    await cleo.send(chatId, 'Hello')
    await ben.until('the text', () => shown(ben).includes('Hello'))
    see(ben, chatId)
    await untilFlushed(ben)
    expect(reads(ada)).toBe(0)
    ben.services.conversation.typing(chatId)
    await ada.until('typing', () => typing(ada).includes(ben.me))
    expect(typing(cleo)).toEqual([])
    expect(reads(cleo)).toBe(0)
    stop()
  })

  it('are not written by someone who has left', async () => {
    const { ada, ben, chatId } = await trio()
    await ada.services.chats.changeGroup(chatId, { kind: 'event', event: 'removed', uids: [ben.me] })
    await ben.until('the removal', ({ chats }) => chats.get(chatId)?.former === true)
    const before = writes(ben)
    ben.services.conversation.typing(chatId)
    see(ben, chatId)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await untilFlushed(ben)
    expect(writes(ben)).toBe(before)
  })

  it('of a device that is behind another of the same person are written after a look at the wire', async () => {
    const { ada, ben, cleo, chatId } = await trio()
    await ada.send(chatId, 'first')
    await ben.until('the text', () => shown(ben).includes('first'))
    see(ben, chatId)
    await untilFlushed(ben)
    // Another device of Ben, which has seen nothing yet. Its first receipt would move back what he has read.
    const other = startAgain(ben, { directory: temporaryDirectory(), memory: memorySession() })
    await other.signIn(ben.phone)
    await other.until('the group', ({ chats }) => chats.get(chatId)?.onWire === true)
    await cleo.send(chatId, 'second')
    await other.until('the next text', ({ chats }) => chats.get(chatId)?.messageCount === 2)
    const own = () =>
      other.store
        .getState()
        .activities.get(chatId)
        ?.find(({ userId }) => userId === ben.me)
    await other.until('what the first device has read', () => (own()?.readAt ?? null) !== null)
    await untilFlushed(other)
    expect(own()?.deliveredAt).toBeGreaterThan(own()?.readAt ?? Infinity)
  })
})
