import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '#shared/bridge.ts'
import { unreadCount, type Chat, type LastMessage } from '#shared/domain/chat.ts'
import type { OutboxOp } from '#shared/domain/outbox.ts'
import {
  applyMessages,
  chatId,
  chatState,
  idOf,
  me,
  newestMessages,
  otherChatId,
  peer,
  queuedMessage,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'

let harness: Harness

beforeEach(() => {
  harness = startReplica()
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

function replica(): Harness['replica'] {
  return harness.replica
}
function applyChat(changes: Parameters<typeof wireChat>[0] = {}): void {
  replica().call('replica.applyChats', { chats: [wireChat(changes)], mark: 1 })
}
function theChat(): Chat {
  const chat = replica()
    .call('replica.chats', undefined)
    .find(({ id }) => id === chatId)
  if (chat === undefined) throw new Error('the chat is not here')
  return chat
}
function pending(kind?: OutboxOp['kind']): OutboxOp[] {
  return replica()
    .call('outbox.pending', undefined)
    .filter((op) => kind === undefined || op.kind === kind)
}
function settle(op: OutboxOp | undefined, outcome: 'done' | 'dropped' | 'failed'): void {
  if (op === undefined) throw new Error('no such intent')
  const failure = outcome === 'failed' ? 'denied' : null
  replica().call('outbox.settle', { kind: op.kind, key: op.key, version: op.version, outcome, failure })
}
function summary(n: number, senderId = peer): LastMessage {
  return { id: idOf(n), senderId, kind: 'text', preview: `text ${String(n)}`, sentAt: n * 1000 }
}

describe('what arrives', () => {
  it('is inserted once, and announced whole', () => {
    applyChat()
    harness.takeChanges()
    expect(applyMessages(replica(), [wireMessage(1), wireMessage(2)])).toBe(2)
    const [change] = harness.takeChanges()
    expect(change?.messages.map(({ id }) => id)).toEqual([idOf(1), idOf(2)])
    expect(change?.messages[0]).toMatchObject({ delivery: 'sent', body: { text: 'text 1' } })
    expect(change?.chats.map((chat) => chat.last?.preview)).toEqual(['text 2'])

    expect(applyMessages(replica(), [wireMessage(1), wireMessage(2)])).toBe(0)
    expect(harness.takeChanges()).toEqual([])
  })

  it('counts an own queued message when the wire brings it back', () => {
    applyChat()
    replica().call('replica.send', queuedMessage(1))
    const back = wireMessage(1, { senderId: me })
    expect(applyMessages(replica(), [back])).toBe(1)
    expect(applyMessages(replica(), [back])).toBe(0)
  })

  it('is accounted for once when it comes live, and not when it comes from the past', () => {
    applyChat()
    const syncedCount = (): number => replica().call('replica.chatSync', { chatId }).syncedCount
    applyMessages(replica(), [wireMessage(5), wireMessage(6)], { source: 'history', syncedCount: 6 })
    expect(syncedCount()).toBe(6)
    applyMessages(replica(), [wireMessage(6), wireMessage(7)], { mark: 7000 })
    expect(syncedCount()).toBe(7)
    applyMessages(replica(), [wireMessage(6), wireMessage(7)], { mark: 7000 })
    applyMessages(replica(), [wireMessage(7, { updatedAt: 9000, deletedAt: 9000, body: null })])
    applyMessages(replica(), [wireMessage(3, { updatedAt: 9000, deletedAt: 9000, body: null })])
    applyMessages(replica(), [wireMessage(3), wireMessage(4)], { source: 'history' })
    expect(syncedCount()).toBe(7)

    replica().call('replica.send', queuedMessage(8))
    settle(pending('send')[0], 'done')
    expect(syncedCount()).toBe(7)
    applyMessages(replica(), [wireMessage(8, { senderId: me }), wireMessage(9, { senderId: me })])
    applyMessages(replica(), [wireMessage(8, { senderId: me }), wireMessage(9, { senderId: me })])
    expect(syncedCount()).toBe(9)
    applyMessages(replica(), [wireMessage(10)], { syncedCount: 12 })
    expect(syncedCount()).toBe(12)
  })

  it('never goes back to an older state, and stays deleted', () => {
    applyChat()
    const edited = wireMessage(1, { updatedAt: 5000, body: { kind: 'text', text: 'newer' } })
    applyMessages(replica(), [edited])
    applyMessages(replica(), [wireMessage(1)])
    expect(newestMessages(replica())[0]?.body).toEqual({ kind: 'text', text: 'newer' })

    applyMessages(replica(), [wireMessage(1, { updatedAt: 6000, deletedAt: 6000, body: null })])
    applyMessages(replica(), [wireMessage(1, { updatedAt: 9000 })])
    expect(newestMessages(replica())[0]).toMatchObject({ body: null, deletedAt: 6000 })
  })

  it('is ignored for a chat that is not here', () => {
    expect(applyMessages(replica(), [wireMessage(1)], { mark: 5 })).toBe(0)
    expect(harness.takeChanges()).toEqual([])
  })

  it('is inserted before the start of what is here when all was read from the beginning', () => {
    applyChat()
    applyMessages(replica(), [wireMessage(8), wireMessage(9)], { source: 'history' })
    applyMessages(replica(), [wireMessage(1), wireMessage(2)], { mark: 2000, historyComplete: true })
    applyMessages(replica(), [wireMessage(3), wireMessage(8)], { mark: 8000, historyComplete: true })
    expect(newestMessages(replica()).map(({ id }) => id)).toEqual([1, 2, 3, 8, 9].map(idOf))
  })

  it('is not inserted live before the start of what is here', () => {
    applyChat()
    applyMessages(replica(), [wireMessage(10)], { source: 'history' })
    expect(applyMessages(replica(), [wireMessage(3, { updatedAt: 20_000 })])).toBe(0)
    expect(applyMessages(replica(), [wireMessage(4)], { source: 'history', historyComplete: true })).toBe(1)
    expect(applyMessages(replica(), [wireMessage(3, { updatedAt: 20_000 })])).toBe(1)
    expect(replica().call('replica.chatSync', { chatId })).toEqual({
      mark: 0,
      syncedCount: 1,
      oldest: { id: idOf(3), seq: 3, sentAt: 3000 },
      historyComplete: true,
    })
  })

  it('cannot touch a message of another chat, or take over one of someone else', () => {
    const chats = [wireChat(), wireChat({ id: otherChatId })]
    replica().call('replica.applyChats', { chats, mark: 1 })
    applyMessages(replica(), [wireMessage(1)])
    const forged = wireMessage(1, {
      chatId: otherChatId,
      updatedAt: 9000,
      body: { kind: 'text', text: 'forged' },
    })
    applyMessages(replica(), [forged, wireMessage(1, { senderId: me, updatedAt: 9000 })])
    replica().call('replica.applyMessages', {
      chatId: otherChatId,
      messages: [forged],
      source: 'live',
      mark: null,
      syncedCount: null,
      historyComplete: null,
    })
    expect(newestMessages(replica())).toEqual([{ ...wireMessage(1), delivery: 'sent', failure: null }])
    expect(harness.log.filter((line) => line.startsWith('store.foreign-message'))).toHaveLength(2)
  })

  it('owes a delivery receipt when it is live and from someone else', () => {
    applyChat()
    applyMessages(replica(), [wireMessage(1)], { source: 'history' })
    applyMessages(replica(), [wireMessage(2, { senderId: me })])
    expect(pending('receipt')).toEqual([])
    applyMessages(replica(), [wireMessage(3), wireMessage(4)])
    expect(pending('receipt')).toMatchObject([
      { key: chatId, memberIds: [me, peer], deliveredAt: 4000, readAt: null },
    ])
    expect(harness.takeChanges().at(-1)).toMatchObject({
      outbox: [{ kind: 'receipt', key: chatId, deliveredAt: 4000 }],
      activities: [{ userId: me, deliveredAt: 4000 }],
    })
  })

  it('tells of what is news to the person only', () => {
    applyChat()
    replica().call('replica.applyProfiles', {
      profiles: [{ id: peer, displayName: 'Pia', about: '', updatedAt: 1 }],
    })
    replica().call('replica.applyChatStates', { states: [chatState({ readAt: 2000 })], mark: 1 })
    applyMessages(replica(), [wireMessage(1)], { source: 'history' })
    applyMessages(replica(), [
      wireMessage(2),
      wireMessage(3),
      wireMessage(4, { senderId: me }),
      wireMessage(5, { body: null, deletedAt: 5000 }),
    ])
    const incoming = harness.takeIncoming()
    expect(incoming.map(({ message }) => message.id)).toEqual([idOf(3)])
    expect(incoming[0]).toMatchObject({ senderName: 'Pia', chat: { id: chatId } })
    applyMessages(replica(), [wireMessage(3), wireMessage(7, { body: null, deletedAt: 7000 })])
    expect(harness.takeIncoming()).toEqual([])
    replica().call('replica.setBlocked', { userId: peer, blocked: true })
    applyMessages(replica(), [wireMessage(6)])
    expect(harness.takeIncoming()).toEqual([])
  })

  it('moves marks forward only', () => {
    replica().call('replica.applyChats', { chats: [], mark: 7 })
    replica().call('replica.applyChats', { chats: [], mark: 5 })
    replica().call('replica.applyActivities', { activities: [], mark: null })
    expect(replica().call('replica.marks', undefined)).toEqual({ chats: 7 })
    applyChat()
    applyMessages(replica(), [], { mark: 9, syncedCount: 4 })
    applyMessages(replica(), [], { mark: 8, syncedCount: 3 })
    expect(replica().call('replica.chatSync', { chatId })).toMatchObject({ mark: 9, syncedCount: 4 })
  })

  it('keeps watermarks monotonic', () => {
    const activity = { chatId, userId: peer, deliveredAt: 5, readAt: null, typingUntil: null, updatedAt: 5 }
    replica().call('replica.applyActivities', { activities: [activity], mark: null })
    replica().call('replica.applyActivities', {
      activities: [{ ...activity, deliveredAt: 3, readAt: 3, updatedAt: 3 }],
      mark: null,
    })
    expect(replica().call('replica.activities', undefined)).toEqual([{ ...activity, readAt: 3 }])
  })

  it('keeps the newest state of a chat', () => {
    applyChat({ updatedAt: 9, messageCount: 3 })
    applyChat({ updatedAt: 8, messageCount: 2 })
    expect(theChat()).toMatchObject({ updatedAt: 9, messageCount: 3, onWire: true })
  })

  it('takes a removed chat away with all that belongs to it', () => {
    applyChat()
    applyMessages(replica(), [wireMessage(1)])
    replica().call('replica.send', queuedMessage(2))
    expect(replica().call('replica.activities', undefined)).toHaveLength(1)
    harness.takeChanges()
    replica().call('replica.removeChats', { chatIds: [chatId, otherChatId] })
    expect(harness.takeChanges()).toMatchObject([{ removedChatIds: [chatId], chats: [], messages: [] }])
    expect(replica().call('replica.chats', undefined)).toEqual([])
    expect(newestMessages(replica())).toEqual([])
    expect(pending()).toEqual([])
    expect(replica().call('replica.activities', undefined)).toEqual([])
    expect(replica().call('replica.search', { text: 'text', chatId: null, limit: 10 })).toEqual([])
  })
})

describe('the newest message of a chat', () => {
  it('is the summary until the messages here are newer', () => {
    applyChat({ last: summary(5), messageCount: 5 })
    applyMessages(replica(), [wireMessage(4)])
    expect(theChat().last?.id).toBe(idOf(5))
    applyMessages(replica(), [wireMessage(5), wireMessage(6)])
    expect(theChat().last).toMatchObject({ id: idOf(6), sentAt: 6000, delivery: 'sent' })
  })

  it('is the last in order of those that share its time, once they are here', () => {
    applyChat({ last: summary(5) })
    applyMessages(replica(), [wireMessage(4, { sentAt: 5000 })])
    expect(theChat().last?.id).toBe(idOf(5))
    applyMessages(replica(), [wireMessage(5), wireMessage(6, { sentAt: 5000 })])
    expect(theChat().last?.id).toBe(idOf(6))
  })

  it('has an estimated time that is not before what the chat shows', () => {
    harness.clock.now = 3000
    applyChat({ last: summary(5) })
    replica().call('replica.send', queuedMessage(6))
    expect(theChat().last).toMatchObject({ id: idOf(6), sentAt: 5000 })
  })

  it('is an own queued one, then the wire again', () => {
    applyChat({ last: summary(5), messageCount: 5 })
    replica().call('replica.send', queuedMessage(6))
    applyMessages(replica(), [wireMessage(7)])
    expect(theChat().last).toMatchObject({ id: idOf(6), delivery: 'queued', sentAt: harness.clock.now })
    settle(pending('send')[0], 'done')
    expect(theChat().last).toMatchObject({ id: idOf(6), delivery: 'sent' })
    applyMessages(replica(), [wireMessage(6, { senderId: me, sentAt: 7500 })])
    expect(theChat().last).toMatchObject({ id: idOf(6), sentAt: 7500 })
    applyMessages(replica(), [wireMessage(8)])
    expect(theChat().last?.id).toBe(idOf(8))
  })

  it('is not a failed one when others wrote since', () => {
    applyChat({ last: summary(5) })
    replica().call('replica.send', queuedMessage(6))
    settle(pending('send')[0], 'failed')
    expect(theChat().last).toMatchObject({ id: idOf(6), delivery: 'failed' })
    applyMessages(replica(), [wireMessage(7, { sentAt: harness.clock.now + 1 })])
    expect(theChat().last?.id).toBe(idOf(7))
  })

  it('shows as deleted, whichever side says so', () => {
    applyChat({ last: summary(5) })
    applyMessages(replica(), [wireMessage(5)])
    applyChat({
      last: { ...summary(5), kind: 'deleted', preview: '' },
      updatedAt: 2,
    })
    expect(theChat().last).toMatchObject({ kind: 'deleted', preview: '' })
  })
})

describe('reading', () => {
  it('goes forward only, and tells the wire only what is news', () => {
    applyChat({ messageCount: 9 })
    replica().call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    expect(pending()).toMatchObject([
      { kind: 'chatState', state: { readCount: 5, readAt: 5000 } },
      { kind: 'receipt', readAt: 5000, deliveredAt: null },
    ])
    for (const op of pending()) settle(op, 'done')
    harness.takeChanges()
    replica().call('replica.markRead', { chatId, readCount: 4, readAt: 4000 })
    expect(harness.takeChanges()).toEqual([])
    expect(theChat().state).toMatchObject({ readCount: 5, readAt: 5000 })
    expect(pending()).toEqual([])
  })

  it('clears the mark "unread"', () => {
    applyChat()
    replica().call('replica.setChatState', { chatId, patch: { markedUnread: true } })
    replica().call('replica.markRead', { chatId, readCount: 0, readAt: null })
    expect(theChat().state.markedUnread).toBe(false)
    expect(pending()).toMatchObject([{ kind: 'chatState', state: { markedUnread: false } }])
  })

  it('follows an own message, so that only what comes after it is unread', () => {
    applyChat({ messageCount: 3, last: summary(3, me) })
    expect(theChat().state.readCount).toBe(3)
    applyMessages(replica(), [wireMessage(2)], { source: 'history', syncedCount: 3 })
    applyChat({ messageCount: 6, last: summary(6), updatedAt: 2 })
    applyMessages(replica(), [wireMessage(4), wireMessage(5, { senderId: me }), wireMessage(6)])
    expect(theChat().state.readCount).toBe(5)
    expect(pending('chatState')).toEqual([])
  })

  it('does not follow an own message to what came while it waited', () => {
    const unread = (): number => unreadCount(theChat(), me)
    applyChat({ messageCount: 1, last: summary(1) })
    applyMessages(replica(), [wireMessage(1)])
    expect(unread()).toBe(1)
    replica().call('replica.send', queuedMessage(2))
    replica().call('replica.send', queuedMessage(3))
    expect(unread()).toBe(0)

    applyChat({ messageCount: 2, last: summary(300), updatedAt: 2 })
    applyMessages(replica(), [wireMessage(300)])
    expect(theChat().last).toMatchObject({ id: idOf(3), delivery: 'queued' })
    expect(unread()).toBe(1)
    applyMessages(replica(), [wireMessage(0)], { source: 'history' })
    expect(unread()).toBe(1)

    settle(pending('send')[0], 'done')
    settle(pending('send')[0], 'done')
    const back = [2, 3].map((n) => wireMessage(n, { senderId: me, sentAt: 300_000 + n }))
    const last = { ...summary(3, me), sentAt: 300_003 }
    applyChat({ messageCount: 4, last, updatedAt: 3 })
    expect(unread()).toBe(1)
    for (const message of back) {
      applyMessages(replica(), [message])
      expect(unread()).toBe(1)
    }
    applyChat({ messageCount: 4, last, updatedAt: 4 })
    expect(unread()).toBe(1)

    replica().call('replica.markRead', { chatId, readCount: 4, readAt: 300_000 })
    expect(unread()).toBe(0)
    expect(theChat().last?.overtakenBy).toBeUndefined()
  })

  it('merges the states of other devices, but for what was changed here and waits', () => {
    applyChat()
    replica().call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    replica().call('replica.setChatState', { chatId, patch: { pinned: true } })
    const foreign = chatState({ readCount: 7, readAt: 4000, archived: true })
    replica().call('replica.applyChatStates', { states: [foreign], mark: 1 })
    expect(theChat().state).toMatchObject({ readCount: 7, readAt: 5000, pinned: true, archived: false })
    settle(pending('chatState')[0], 'done')
    const older = { ...foreign, readCount: 6 }
    replica().call('replica.applyChatStates', { states: [older], mark: 2 })
    expect(theChat().state).toMatchObject({ readCount: 7, readAt: 5000, pinned: false, archived: true })
  })

  it('takes over the flags of other devices while nothing but reading waits', () => {
    applyChat()
    replica().call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    replica().call('replica.applyChatStates', { states: [chatState({ mutedUntil: 9 })], mark: 1 })
    expect(pending('chatState')).toMatchObject([
      { state: { readCount: 5, mutedUntil: 9, flagsChanged: false } },
    ])
    replica().call('replica.setChatState', { chatId, patch: { markedUnread: true } })
    expect(pending('chatState')).toMatchObject([{ state: { mutedUntil: 9, flagsChanged: true } }])
    settle(pending('chatState')[0], 'done')

    replica().call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    expect(pending('chatState')).toMatchObject([{ state: { markedUnread: false, flagsChanged: true } }])
    replica().call('replica.applyChatStates', { states: [chatState({ markedUnread: true })], mark: 2 })
    expect(theChat().state).toMatchObject({ mutedUntil: 9, markedUnread: false })
  })

  it('keeps a state that comes before its chat', () => {
    replica().call('replica.applyChatStates', {
      states: [chatState({ readCount: 4, pinned: true })],
      mark: 1,
    })
    applyChat()
    expect(theChat().state).toMatchObject({ readCount: 4, pinned: true })
  })
})

describe('sending', () => {
  beforeEach(() => {
    applyChat()
  })

  it('queues once, clears the draft, unarchives', () => {
    replica().call('replica.setChatState', { chatId, patch: { archived: true } })
    replica().call('replica.setDraft', { chatId, text: 'half' })
    replica().call('replica.send', queuedMessage(1, { sentAt: 5, delivery: 'sent', deletedAt: 3 }))
    expect(theChat()).toMatchObject({ draft: '', state: { archived: false } })
    expect(pending('send')).toMatchObject([{ key: idOf(1), message: queuedMessage(1) }])
    harness.takeChanges()
    replica().call('replica.setDraft', { chatId, text: 'next' })
    replica().call('replica.send', queuedMessage(1, { body: { kind: 'text', text: 'else' } }))
    expect(theChat().draft).toBe('next')
    expect(pending('send')).toHaveLength(1)
    expect(newestMessages(replica())[0]?.body).toEqual(queuedMessage(1).body)
  })

  it('comes after what waits already, also when the clock was set back', () => {
    replica().call('replica.send', queuedMessage(7))
    replica().call('replica.send', queuedMessage(3))
    replica().call('replica.send', queuedMessage(5))
    replica().call('replica.send', queuedMessage(20))
    expect(newestMessages(replica()).map(({ id, seq }) => [id, seq])).toEqual([
      [idOf(7), 7],
      [idOf(3), 8],
      [idOf(5), 9],
      [idOf(20), 20],
    ])
    expect(pending('send').map(({ key }) => key)).toEqual([7, 3, 5, 20].map(idOf))
  })

  it('refuses what is not an own message of a known kind in a known chat', () => {
    const wrong = [
      queuedMessage(1, { chatId: otherChatId }),
      queuedMessage(1, { senderId: peer }),
      queuedMessage(1, { body: null }),
      queuedMessage(1, { body: { kind: 'unknown', of: 'poll' } }),
    ]
    for (const message of wrong) {
      expect(() => replica().call('replica.send', message)).toThrowError(
        expect.objectContaining({ code: 'refused' }),
      )
    }
    expect(pending()).toEqual([])
  })

  it('is settled by the answer or by the message itself, whichever comes first', () => {
    replica().call('replica.send', queuedMessage(1))
    replica().call('replica.send', queuedMessage(2))
    const [first, second] = pending('send')
    settle(first, 'done')
    expect(newestMessages(replica())[0]).toMatchObject({ delivery: 'sent', sentAt: null })
    applyMessages(replica(), [wireMessage(1, { senderId: me }), wireMessage(2, { senderId: me })])
    expect(pending('send')).toEqual([])
    settle(second, 'failed')
    expect(newestMessages(replica()).map(({ delivery }) => delivery)).toEqual(['sent', 'sent'])
  })

  it('fails, is retried at the end of the queue, or is taken back into the draft', () => {
    replica().call('replica.send', queuedMessage(1))
    replica().call('replica.send', queuedMessage(2))
    const [first] = pending('send')
    settle(first, 'failed')
    expect(pending('send').map(({ key }) => key)).toEqual([idOf(2)])
    expect(replica().call('outbox.unsentCount', undefined)).toBe(2)
    expect(newestMessages(replica())[0]).toMatchObject({ delivery: 'failed', failure: 'denied' })

    replica().call('outbox.retry', { messageId: idOf(1) })
    expect(pending('send').map(({ key }) => key)).toEqual([idOf(2), idOf(1)])
    expect(newestMessages(replica())[0]).toMatchObject({ delivery: 'queued', failure: null })
    settle(first, 'failed')
    expect(pending('send')).toHaveLength(2)

    replica().call('outbox.discard', { messageId: idOf(2) })
    expect(newestMessages(replica())).toHaveLength(2)
    settle(pending('send')[0], 'failed')
    harness.takeChanges()
    replica().call('outbox.discard', { messageId: idOf(2) })
    expect(harness.takeChanges()).toMatchObject([
      { removedMessageIds: [idOf(2)], chats: [{ draft: 'text 2' }] },
    ])
    expect(newestMessages(replica()).map(({ id }) => id)).toEqual([idOf(1)])
    settle(pending('send')[0], 'dropped')
    expect(theChat()).toMatchObject({ draft: 'text 2', last: null })
    expect(replica().call('outbox.unsentCount', undefined)).toBe(0)
  })

  it('removes an intent only in the version that went out', () => {
    replica().call('replica.setChatState', { chatId, patch: { pinned: true } })
    const [first] = pending('chatState')
    replica().call('replica.setChatState', { chatId, patch: { mutedUntil: 5 } })
    settle(first, 'done')
    expect(pending()).toMatchObject([{ kind: 'chatState', state: { pinned: true, mutedUntil: 5 } }])
    expect(() => {
      settle(pending()[0], 'failed')
    }).toThrowError(expect.objectContaining({ code: 'refused' }))
    settle(pending()[0], 'dropped')
    expect(pending()).toEqual([])
    replica().call('replica.setChatState', { chatId, patch: { mutedUntil: null } })
    settle(first, 'done')
    expect(pending()).toHaveLength(1)
  })

  it('opens a direct chat that the wire does not know yet', () => {
    replica().call('replica.removeChats', { chatIds: [chatId] })
    expect(replica().call('replica.openDirectChat', { peerId: peer })).toEqual({ chatId })
    expect(theChat()).toMatchObject({ onWire: false, memberIds: [me, peer], last: null, messageCount: 0 })
    replica().call('replica.send', queuedMessage(1))
    settle(pending('send')[0], 'done')
    expect(theChat().onWire).toBe(true)
    applyChat({ updatedAt: 3, messageCount: 1 })
    replica().call('replica.openDirectChat', { peerId: peer })
    expect(theChat()).toMatchObject({ onWire: true, messageCount: 1 })
    expect(() => replica().call('replica.openDirectChat', { peerId: me })).toThrowError()
  })

  it('knows that a chat is on the wire by its messages', () => {
    replica().call('replica.removeChats', { chatIds: [chatId] })
    replica().call('replica.openDirectChat', { peerId: peer })
    applyMessages(replica(), [], { mark: 1 })
    expect(theChat().onWire).toBe(false)
    applyMessages(replica(), [wireMessage(1)])
    expect(theChat().onWire).toBe(true)
  })
})

describe('people and account', () => {
  function thePerson(): Result<'replica.people'>[number] | undefined {
    return replica().call('replica.people', undefined)[0]
  }

  it('joins profile, name and block', () => {
    const profiles = [{ id: peer, displayName: 'Pia', about: 'Hi', updatedAt: 5 }]
    replica().call('replica.applyProfiles', { profiles })
    replica().call('replica.applyProfiles', {
      profiles: [{ id: peer, displayName: 'Old', about: '', updatedAt: 4 }],
    })
    replica().call('replica.applyContacts', { contacts: [{ id: peer, name: 'P', phone: null }], mark: 1 })
    replica().call('replica.applyBlocks', { blocks: [{ userId: peer, blocked: true }], mark: 1 })
    expect(thePerson()).toEqual({
      id: peer,
      displayName: 'Pia',
      about: 'Hi',
      profileFetchedAt: harness.clock.now,
      contactName: 'P',
      phone: null,
      blocked: true,
    })
    expect(replica().call('replica.marks', undefined)).toEqual({ contacts: 1, blocks: 1 })
  })

  it('keeps what was changed here and waits', () => {
    replica().call('replica.setContact', { id: peer, name: 'Mine', phone: null })
    replica().call('replica.setBlocked', { userId: peer, blocked: true })
    replica().call('replica.setProfile', { displayName: 'Me', about: '' })
    replica().call('replica.setPrivacy', { lastSeen: 'nobody' })
    expect(pending()).toMatchObject([
      { kind: 'contact', contact: { id: peer, name: 'Mine', phone: null } },
      { kind: 'block', userId: peer, blocked: true },
      { kind: 'profile', profile: { displayName: 'Me' } },
      { kind: 'privacy', privacy: { lastSeen: 'nobody' } },
    ])
    const contacts = [{ id: peer, name: 'Wire', phone: null }]
    const applyAll = (): void => {
      replica().call('replica.applyContacts', { contacts, mark: 1 })
      replica().call('replica.applyBlocks', { blocks: [{ userId: peer, blocked: false }], mark: 1 })
      replica().call('replica.applyAccount', { profile: null, privacy: { lastSeen: 'everyone' } })
    }
    applyAll()
    expect(thePerson()).toMatchObject({ contactName: 'Mine', blocked: true })
    expect(replica().call('replica.account', undefined)).toEqual({
      profile: { displayName: 'Me', about: '' },
      privacy: { lastSeen: 'nobody' },
    })
    for (const op of pending()) settle(op, 'done')
    applyAll()
    expect(thePerson()).toMatchObject({ contactName: 'Wire', blocked: false })
    expect(replica().call('replica.account', undefined)).toEqual({
      profile: null,
      privacy: { lastSeen: 'everyone' },
    })
  })

  it('has nothing to say when nothing changed', () => {
    replica().call('replica.setBlocked', { userId: peer, blocked: false })
    expect(pending()).toEqual([])
    replica().call('replica.applyAccount', {})
    expect(harness.takeChanges()).toEqual([])
  })
})
