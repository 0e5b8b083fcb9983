import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '#shared/bridge/index.ts'
import type { Content } from '#shared/bridge/replica.ts'
import { defaultPrivacy } from '#shared/domain/account.ts'
import { unreadCount, type Chat } from '#shared/domain/chat.ts'
import { message, photo, photoBody as testPhoto } from '#shared/domain/test-data.ts'
import type { Intent, IntentKind } from '#shared/intents/index.ts'
import { positionOf, type Position, type WireMessage } from '#shared/messages/envelope.ts'
import {
  applyMessages,
  applyPage,
  chatId,
  chatSync,
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
  wirePage,
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

function applyChat(changes: Parameters<typeof wireChat>[0] = {}): void {
  harness.apply({ collection: 'chats', items: [wireChat(changes)], cursor: 1 })
}
function theChat(): Chat {
  const chat = harness.call('replica.chats', undefined).find(({ id }) => id === chatId)
  if (chat === undefined) throw new Error('the chat is not in the replica')
  return chat
}
function pending(kind?: IntentKind): Intent[] {
  const intents = harness.call('outbox.pending', undefined)
  return intents.filter((intent) => kind === undefined || intent.kind === kind)
}
function acknowledge(intent: Intent | undefined, outcome: 'done' | 'dropped' | 'failed'): void {
  if (intent === undefined) throw new Error('no such intent')
  const { kind, key, version } = intent
  const failure = outcome === 'failed' ? 'denied' : null
  harness.call('outbox.acknowledge', { kind, key, version, outcome, failure })
}
function lastMessage(n: number, senderId = peer): WireMessage {
  return wireMessage(n, { senderId })
}

describe('data from the wire', () => {
  it('is inserted once, and announced as full rows', () => {
    applyChat()
    harness.takeChanges()
    expect(applyMessages(harness, [wireMessage(1), wireMessage(2)])).toBe(2)
    const [change] = harness.takeChanges()
    expect(change?.messages.map(({ id }) => id)).toEqual([idOf(1), idOf(2)])
    expect(change?.messages[0]).toMatchObject({ delivery: 'sent', body: { text: 'text 1' } })
    expect(change?.chats.map((chat) => chat.last?.body)).toEqual([{ kind: 'text', text: 'text 2' }])

    expect(applyMessages(harness, [wireMessage(1), wireMessage(2)])).toBe(0)
    expect(harness.takeChanges()).toEqual([])
  })

  it('counts an own queued message as inserted when it arrives from the wire', () => {
    applyChat()
    harness.call('replica.send', queuedMessage(1))
    const arrived = wireMessage(1, { senderId: me })
    expect(applyMessages(harness, [arrived])).toBe(1)
    expect(applyMessages(harness, [arrived])).toBe(0)
  })

  it('raises the synced count once per live message, and not for messages of the history', () => {
    applyChat()
    const syncedCount = (): number => chatSync(harness).syncedCount
    applyMessages(harness, [wireMessage(5), wireMessage(6)], { source: 'history', syncedCount: 6 })
    expect(syncedCount()).toBe(6)
    applyMessages(harness, [wireMessage(6), wireMessage(7)], { cursor: 7000 })
    expect(syncedCount()).toBe(7)
    applyMessages(harness, [wireMessage(6), wireMessage(7)], { cursor: 7000 })
    applyMessages(harness, [wireMessage(7, { updatedAt: 9000, deletedAt: 9000, body: null })])
    applyMessages(harness, [wireMessage(3, { updatedAt: 9000, deletedAt: 9000, body: null })])
    applyMessages(harness, [wireMessage(3), wireMessage(4)], { source: 'history' })
    expect(syncedCount()).toBe(7)

    harness.call('replica.send', queuedMessage(8))
    acknowledge(pending('send')[0], 'done')
    expect(syncedCount()).toBe(7)
    applyMessages(harness, [wireMessage(8, { senderId: me }), wireMessage(9, { senderId: me })])
    applyMessages(harness, [wireMessage(8, { senderId: me }), wireMessage(9, { senderId: me })])
    expect(syncedCount()).toBe(9)
    applyMessages(harness, [wireMessage(10)], { syncedCount: 12 })
    expect(syncedCount()).toBe(12)
  })

  it('never restores an older state or a deleted message', () => {
    applyChat()
    const edited = wireMessage(1, { updatedAt: 5000, body: { kind: 'text', text: 'newer' } })
    applyMessages(harness, [edited])
    applyMessages(harness, [wireMessage(1)])
    expect(newestMessages(harness)[0]?.body).toEqual({ kind: 'text', text: 'newer' })

    applyMessages(harness, [wireMessage(1, { updatedAt: 6000, deletedAt: 6000, body: null })])
    applyMessages(harness, [wireMessage(1, { updatedAt: 9000 })])
    expect(newestMessages(harness)[0]).toMatchObject({ body: null, deletedAt: 6000 })
  })

  it('is ignored for a chat that the replica does not have', () => {
    expect(applyMessages(harness, [wireMessage(1)], { cursor: 5 })).toBe(0)
    expect(harness.takeChanges()).toEqual([])
  })

  it('is inserted before the oldest stored message when the history is complete', () => {
    applyChat()
    applyMessages(harness, [wireMessage(8), wireMessage(9)], { source: 'history' })
    applyMessages(harness, [wireMessage(1), wireMessage(2)], { cursor: 2000, historyComplete: true })
    applyMessages(harness, [wireMessage(3), wireMessage(8)], { cursor: 8000, historyComplete: true })
    expect(newestMessages(harness).map(({ id }) => id)).toEqual([1, 2, 3, 8, 9].map(idOf))
  })

  it('is ignored when it is live and older than the stored messages, while the history is incomplete', () => {
    applyChat()
    applyMessages(harness, [wireMessage(10)], { source: 'history' })
    expect(applyMessages(harness, [wireMessage(3, { updatedAt: 20_000 })])).toBe(0)
    expect(applyMessages(harness, [wireMessage(4)], { source: 'history', historyComplete: true })).toBe(1)
    expect(applyMessages(harness, [wireMessage(3, { updatedAt: 20_000 })])).toBe(1)
    expect(chatSync(harness)).toMatchObject({
      cursor: 0,
      syncedCount: 1,
      oldest: { id: idOf(3), seq: 3, sentAt: 3000 },
      historyComplete: true,
    })
  })

  it('cannot overwrite a message of another chat or of another sender', () => {
    const chats = [wireChat(), wireChat({ id: otherChatId })]
    harness.apply({ collection: 'chats', items: chats, cursor: 1 })
    applyMessages(harness, [wireMessage(1)])
    const forged = wireMessage(1, {
      chatId: otherChatId,
      updatedAt: 9000,
      body: { kind: 'text', text: 'forged' },
    })
    applyMessages(harness, [forged, wireMessage(1, { senderId: me, updatedAt: 9000 })])
    applyPage(harness, { ...wirePage([forged]), chatId: otherChatId })
    expect(newestMessages(harness)).toEqual([message(1, peer, { chatId })])
    expect(harness.log.filter((line) => line.startsWith('store.foreign-message'))).toHaveLength(2)
  })

  it('queues a delivery receipt for live messages of others only', () => {
    applyChat()
    applyMessages(harness, [wireMessage(1)], { source: 'history' })
    applyMessages(harness, [wireMessage(2, { senderId: me })])
    expect(pending('receipt')).toEqual([])
    applyMessages(harness, [wireMessage(3), wireMessage(4)])
    expect(pending('receipt')).toMatchObject([{ key: chatId, payload: { deliveredAt: 4000, readAt: null } }])
    expect(harness.takeChanges().at(-1)).toMatchObject({
      outbox: [{ kind: 'receipt', key: chatId, payload: { deliveredAt: 4000 } }],
      activities: [{ userId: me, deliveredAt: 4000 }],
    })
  })

  it('notifies only of new messages that are unread, not deleted and not from a blocked person', () => {
    applyChat()
    harness.call('replica.applyProfiles', {
      profiles: [{ id: peer, displayName: 'Pia', about: '', photo: null, updatedAt: 1 }],
    })
    harness.apply({ collection: 'chatStates', items: [chatState({ readAt: 2000 })], cursor: 1 })
    applyMessages(harness, [wireMessage(1)], { source: 'history' })
    applyMessages(harness, [
      wireMessage(2),
      wireMessage(3),
      wireMessage(4, { senderId: me }),
      wireMessage(5, { body: null, deletedAt: 5000 }),
    ])
    const incoming = harness.takeIncoming()
    expect(incoming.map(({ message }) => message.id)).toEqual([idOf(3)])
    expect(incoming[0]).toMatchObject({ senderName: 'Pia', chat: { id: chatId } })
    applyMessages(harness, [wireMessage(3), wireMessage(7, { body: null, deletedAt: 7000 })])
    expect(harness.takeIncoming()).toEqual([])
    harness.call('outbox.add', { kind: 'block', payload: { userId: peer, blocked: true } })
    applyMessages(harness, [wireMessage(6)])
    expect(harness.takeIncoming()).toEqual([])
  })

  it('moves sync cursors forward only', () => {
    harness.apply({ collection: 'chats', items: [], cursor: 7 })
    harness.apply({ collection: 'chats', items: [], cursor: 5 })
    harness.apply({ collection: 'activity', items: [], cursor: null })
    expect(harness.call('replica.syncCursors', undefined)).toEqual({ chats: 7 })
    applyChat()
    applyMessages(harness, [], { cursor: 9, syncedCount: 4 })
    applyMessages(harness, [], { cursor: 8, syncedCount: 3 })
    expect(chatSync(harness)).toMatchObject({ cursor: 9, syncedCount: 4 })
  })

  it('keeps watermarks monotonic', () => {
    const activity = { chatId, userId: peer, deliveredAt: 5, readAt: null, typingUntil: null, updatedAt: 5 }
    harness.apply({ collection: 'activity', items: [activity], cursor: null })
    harness.apply({
      collection: 'activity',
      items: [{ ...activity, deliveredAt: 3, readAt: 3, updatedAt: 3 }],
      cursor: null,
    })
    expect(harness.call('replica.activities', undefined)).toEqual([{ ...activity, readAt: 3 }])
  })

  it('keeps the newest state of a chat', () => {
    applyChat({ revision: 4, updatedAt: 9, messageCount: 3 })
    applyChat({ revision: 3, updatedAt: 10, messageCount: 2 })
    expect(theChat()).toMatchObject({ updatedAt: 9, messageCount: 3, onWire: true })
  })

  it('removes a chat with everything that belongs to it', () => {
    applyChat()
    applyMessages(harness, [wireMessage(1)])
    harness.call('replica.send', queuedMessage(2))
    expect(harness.call('replica.activities', undefined)).toHaveLength(1)
    harness.takeChanges()
    harness.call('replica.removeChats', { chatIds: [chatId, otherChatId] })
    expect(harness.takeChanges()).toMatchObject([{ removedChatIds: [chatId], chats: [], messages: [] }])
    expect(harness.call('replica.chats', undefined)).toEqual([])
    expect(newestMessages(harness)).toEqual([])
    expect(pending()).toEqual([])
    expect(harness.call('replica.activities', undefined)).toEqual([])
    expect(harness.call('replica.search', { text: 'text', chatId: null, limit: 10 })).toEqual([])
  })
})

describe('the newest message of a chat', () => {
  it('comes from the chat document until the stored messages are newer', () => {
    applyChat({ last: lastMessage(5), messageCount: 5 })
    applyMessages(harness, [wireMessage(4)])
    expect(theChat().last?.id).toBe(idOf(5))
    applyMessages(harness, [wireMessage(5), wireMessage(6)])
    expect(theChat().last).toMatchObject({ id: idOf(6), sentAt: 6000, delivery: 'sent' })
  })

  it('is the last of the stored messages with the same time', () => {
    applyChat({ last: lastMessage(5) })
    applyMessages(harness, [wireMessage(4, { sentAt: 5000 })])
    expect(theChat().last?.id).toBe(idOf(5))
    applyMessages(harness, [wireMessage(5), wireMessage(6, { sentAt: 5000 })])
    expect(theChat().last?.id).toBe(idOf(6))
  })

  it('has an estimated time when it is queued, never before the previous newest message', () => {
    harness.clock.now = 3000
    applyChat({ last: lastMessage(5) })
    harness.call('replica.send', queuedMessage(6))
    expect(theChat().last).toMatchObject({ id: idOf(6), sentAt: 5000 })
  })

  it('is an own message while that is queued, then again the newest message on the wire', () => {
    applyChat({ last: lastMessage(5), messageCount: 5 })
    harness.call('replica.send', queuedMessage(6))
    applyMessages(harness, [wireMessage(7)])
    expect(theChat().last).toMatchObject({ id: idOf(6), delivery: 'queued', sentAt: harness.clock.now })
    acknowledge(pending('send')[0], 'done')
    expect(theChat().last).toMatchObject({ id: idOf(6), delivery: 'sent' })
    applyMessages(harness, [wireMessage(6, { senderId: me, sentAt: 7500 })])
    expect(theChat().last).toMatchObject({ id: idOf(6), sentAt: 7500 })
    applyMessages(harness, [wireMessage(8)])
    expect(theChat().last?.id).toBe(idOf(8))
  })

  it('is not a failed message when others wrote later', () => {
    applyChat({ last: lastMessage(5) })
    harness.call('replica.send', queuedMessage(6))
    acknowledge(pending('send')[0], 'failed')
    expect(theChat().last).toMatchObject({ id: idOf(6), delivery: 'failed' })
    applyMessages(harness, [wireMessage(7, { sentAt: harness.clock.now + 1 })])
    expect(theChat().last?.id).toBe(idOf(7))
  })

  it('is shown as deleted when only the chat document has the deletion', () => {
    applyChat({ last: lastMessage(5) })
    applyMessages(harness, [wireMessage(5)])
    applyChat({
      last: { ...lastMessage(5), body: null, deletedAt: 6000, updatedAt: 6000 },
      revision: 3,
      updatedAt: 2,
    })
    expect(theChat().last).toMatchObject({ body: null })
  })
})

describe('reading', () => {
  it('never moves back, and queues intents only for changes', () => {
    applyChat({ messageCount: 9 })
    harness.call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    expect(pending()).toMatchObject([
      { kind: 'chatState', payload: { readCount: 5, readAt: 5000 } },
      { kind: 'receipt', payload: { readAt: 5000, deliveredAt: null } },
    ])
    for (const intent of pending()) acknowledge(intent, 'done')
    harness.takeChanges()
    harness.call('replica.markRead', { chatId, readCount: 4, readAt: 4000 })
    expect(harness.takeChanges()).toEqual([])
    expect(theChat().state).toMatchObject({ readCount: 5, readAt: 5000 })
    expect(pending()).toEqual([])
  })

  it('clears "marked as unread"', () => {
    applyChat()
    harness.call('replica.setChatState', { chatId, patch: { markedUnread: true } })
    harness.call('replica.markRead', { chatId, readCount: 0, readAt: null })
    expect(theChat().state.markedUnread).toBe(false)
    expect(pending()).toMatchObject([{ kind: 'chatState', payload: { markedUnread: false } }])
  })

  it('marks everything before an own message as read', () => {
    applyChat({ messageCount: 3, last: lastMessage(3, me) })
    expect(theChat().state.readCount).toBe(3)
    applyMessages(harness, [wireMessage(2)], { source: 'history', syncedCount: 3 })
    applyChat({ messageCount: 6, last: lastMessage(6), updatedAt: 2 })
    applyMessages(harness, [wireMessage(4), wireMessage(5, { senderId: me }), wireMessage(6)])
    expect(theChat().state.readCount).toBe(5)
    expect(pending('chatState')).toEqual([])
  })

  it('keeps messages unread that arrived while an own message was queued', () => {
    const unread = (): number => unreadCount(theChat(), me)
    applyChat({ messageCount: 1, last: lastMessage(1) })
    applyMessages(harness, [wireMessage(1)])
    expect(unread()).toBe(1)
    harness.call('replica.send', queuedMessage(2))
    harness.call('replica.send', queuedMessage(3))
    expect(unread()).toBe(0)

    applyChat({ messageCount: 2, last: lastMessage(300), updatedAt: 2 })
    applyMessages(harness, [wireMessage(300)])
    expect(theChat().last).toMatchObject({ id: idOf(3), delivery: 'queued' })
    expect(unread()).toBe(1)
    applyMessages(harness, [wireMessage(0)], { source: 'history' })
    expect(unread()).toBe(1)

    acknowledge(pending('send')[0], 'done')
    acknowledge(pending('send')[0], 'done')
    const arrived = [2, 3].map((n) => wireMessage(n, { senderId: me, sentAt: 300_000 + n }))
    const last = { ...lastMessage(3, me), sentAt: 300_003 }
    applyChat({ messageCount: 4, last, updatedAt: 3 })
    expect(unread()).toBe(1)
    for (const message of arrived) {
      applyMessages(harness, [message])
      expect(unread()).toBe(1)
    }
    applyChat({ messageCount: 4, last, updatedAt: 4 })
    expect(unread()).toBe(1)

    harness.call('replica.markRead', { chatId, readCount: 4, readAt: 300_000 })
    expect(unread()).toBe(0)
    expect(theChat().last?.overtakenBy).toBeUndefined()
  })

  it('merges the states of other devices, except flags that were changed here and are still queued', () => {
    applyChat()
    harness.call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    harness.call('replica.setChatState', { chatId, patch: { pinned: true } })
    const foreign = chatState({ readCount: 7, readAt: 4000, archived: true })
    harness.apply({ collection: 'chatStates', items: [foreign], cursor: 1 })
    expect(theChat().state).toMatchObject({ readCount: 7, readAt: 5000, pinned: true, archived: false })
    acknowledge(pending('chatState')[0], 'done')
    const older = { ...foreign, readCount: 6 }
    harness.apply({ collection: 'chatStates', items: [older], cursor: 2 })
    expect(theChat().state).toMatchObject({ readCount: 7, readAt: 5000, pinned: false, archived: true })
  })

  it('applies the flags of other devices while only read marks are queued', () => {
    applyChat()
    harness.call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    harness.apply({ collection: 'chatStates', items: [chatState({ mutedUntil: 9 })], cursor: 1 })
    expect(pending('chatState')).toMatchObject([
      { payload: { readCount: 5, mutedUntil: 9, flagsChanged: false } },
    ])
    harness.call('replica.setChatState', { chatId, patch: { markedUnread: true } })
    expect(pending('chatState')).toMatchObject([{ payload: { mutedUntil: 9, flagsChanged: true } }])
    acknowledge(pending('chatState')[0], 'done')

    harness.call('replica.markRead', { chatId, readCount: 5, readAt: 5000 })
    expect(pending('chatState')).toMatchObject([{ payload: { markedUnread: false, flagsChanged: true } }])
    harness.apply({ collection: 'chatStates', items: [chatState({ markedUnread: true })], cursor: 2 })
    expect(theChat().state).toMatchObject({ mutedUntil: 9, markedUnread: false })
  })

  it('keeps a state that arrives before its chat', () => {
    harness.apply({ collection: 'chatStates', items: [chatState({ readCount: 4, pinned: true })], cursor: 1 })
    applyChat()
    expect(theChat().state).toMatchObject({ readCount: 4, pinned: true })
  })
})

describe('sending', () => {
  beforeEach(() => {
    applyChat()
  })

  it('keeps the draft when it forwards a message', () => {
    harness.call('replica.setDraft', { chatId, text: 'half' })
    harness.call('replica.forward', queuedMessage(1))
    expect(theChat().draft).toBe('half')
    expect(pending('send')).toMatchObject([{ key: idOf(1) }])
  })

  it('queues a message once, clears the draft and unarchives the chat', () => {
    harness.call('replica.setChatState', { chatId, patch: { archived: true } })
    harness.call('replica.setDraft', { chatId, text: 'half' })
    harness.call('replica.send', queuedMessage(1, { sentAt: 5, delivery: 'sent', deletedAt: 3 }))
    expect(theChat()).toMatchObject({ draft: '', state: { archived: false } })
    expect(pending('send')).toMatchObject([{ key: idOf(1), payload: queuedMessage(1) }])
    harness.takeChanges()
    harness.call('replica.setDraft', { chatId, text: 'next' })
    harness.call('replica.send', queuedMessage(1, { body: { kind: 'text', text: 'else' } }))
    expect(theChat().draft).toBe('next')
    expect(pending('send')).toHaveLength(1)
    expect(newestMessages(harness)[0]?.body).toEqual(queuedMessage(1).body)
  })

  it('puts a message after those already queued, even when the clock was set back', () => {
    harness.call('replica.send', queuedMessage(7))
    harness.call('replica.send', queuedMessage(3))
    harness.call('replica.send', queuedMessage(5))
    harness.call('replica.send', queuedMessage(20))
    expect(newestMessages(harness).map(({ id, seq }) => [id, seq])).toEqual([
      [idOf(7), 7],
      [idOf(3), 8],
      [idOf(5), 9],
      [idOf(20), 20],
    ])
    expect(pending('send').map(({ key }) => key)).toEqual([7, 3, 5, 20].map(idOf))
  })

  it('rejects a message of an unknown chat, another sender or an unknown kind, or without a body', () => {
    const wrong = [
      queuedMessage(1, { chatId: otherChatId }),
      queuedMessage(1, { senderId: peer }),
      queuedMessage(1, { body: null }),
      queuedMessage(1, { body: { kind: 'unknown', of: 'poll' } }),
    ]
    for (const message of wrong) {
      expect(() => harness.call('replica.send', message)).toThrowError(
        expect.objectContaining({ code: 'refused' }),
      )
    }
    expect(pending()).toEqual([])
  })

  it('ends with the response or with the message from the wire, whichever arrives first', () => {
    harness.call('replica.send', queuedMessage(1))
    harness.call('replica.send', queuedMessage(2))
    const [first, second] = pending('send')
    acknowledge(first, 'done')
    expect(newestMessages(harness)[0]).toMatchObject({ delivery: 'sent', sentAt: null })
    applyMessages(harness, [wireMessage(1, { senderId: me }), wireMessage(2, { senderId: me })])
    expect(pending('send')).toEqual([])
    acknowledge(second, 'failed')
    expect(newestMessages(harness).map(({ delivery }) => delivery)).toEqual(['sent', 'sent'])
  })

  it('keeps a failed message, retries it at the end of the outbox, or returns its text to the draft', () => {
    harness.call('replica.send', queuedMessage(1))
    harness.call('replica.send', queuedMessage(2))
    const [first] = pending('send')
    acknowledge(first, 'failed')
    expect(pending('send').map(({ key }) => key)).toEqual([idOf(2)])
    expect(harness.call('outbox.unsentCount', undefined)).toBe(2)
    expect(newestMessages(harness)[0]).toMatchObject({ delivery: 'failed', failure: 'denied' })

    harness.call('outbox.retry', { messageId: idOf(1) })
    expect(pending('send').map(({ key }) => key)).toEqual([idOf(2), idOf(1)])
    expect(newestMessages(harness)[0]).toMatchObject({ delivery: 'queued', failure: null })
    acknowledge(first, 'failed')
    expect(pending('send')).toHaveLength(2)

    harness.call('outbox.discard', { messageId: idOf(2) })
    expect(newestMessages(harness)).toHaveLength(2)
    acknowledge(pending('send')[0], 'failed')
    harness.takeChanges()
    harness.call('outbox.discard', { messageId: idOf(2) })
    expect(harness.takeChanges()).toMatchObject([
      { removedMessages: [{ chatId, id: idOf(2) }], chats: [{ draft: 'text 2' }] },
    ])
    expect(newestMessages(harness).map(({ id }) => id)).toEqual([idOf(1)])
    acknowledge(pending('send')[0], 'dropped')
    expect(theChat()).toMatchObject({ draft: 'text 2', last: null })
    expect(harness.call('outbox.unsentCount', undefined)).toBe(0)
  })

  it('ignores the acknowledgement of an older version of an intent', () => {
    harness.call('replica.setChatState', { chatId, patch: { pinned: true } })
    const [first] = pending('chatState')
    harness.call('replica.setChatState', { chatId, patch: { mutedUntil: 5 } })
    acknowledge(first, 'done')
    expect(pending()).toMatchObject([{ kind: 'chatState', payload: { pinned: true, mutedUntil: 5 } }])
    expect(() => {
      acknowledge(pending()[0], 'failed')
    }).toThrowError(expect.objectContaining({ code: 'refused' }))
    acknowledge(pending()[0], 'dropped')
    expect(pending()).toEqual([])
    harness.call('replica.setChatState', { chatId, patch: { mutedUntil: null } })
    acknowledge(first, 'done')
    expect(pending()).toHaveLength(1)
  })

  it('opens a direct chat that is not on the wire yet', () => {
    harness.call('replica.removeChats', { chatIds: [chatId] })
    expect(harness.call('replica.openDirectChat', { peerId: peer })).toEqual({ chatId })
    expect(theChat()).toMatchObject({ onWire: false, memberIds: [me, peer], last: null, messageCount: 0 })
    harness.call('replica.send', queuedMessage(1))
    acknowledge(pending('send')[0], 'done')
    expect(theChat().onWire).toBe(true)
    applyChat({ updatedAt: 3, messageCount: 1 })
    harness.call('replica.openDirectChat', { peerId: peer })
    expect(theChat()).toMatchObject({ onWire: true, messageCount: 1 })
    expect(() => harness.call('replica.openDirectChat', { peerId: me })).toThrowError()
  })

  it('marks a chat as on the wire when one of its messages arrives', () => {
    harness.call('replica.removeChats', { chatIds: [chatId] })
    harness.call('replica.openDirectChat', { peerId: peer })
    applyMessages(harness, [], { cursor: 1 })
    expect(theChat().onWire).toBe(false)
    applyMessages(harness, [wireMessage(1)])
    expect(theChat().onWire).toBe(true)
  })
})

describe('people and account', () => {
  function thePerson(): Result<'replica.people'>[number] | undefined {
    return harness.call('replica.people', undefined)[0]
  }

  it('combines profile, private name and block', () => {
    const profiles = [{ id: peer, displayName: 'Pia', about: 'Hi', photo, updatedAt: 5 }]
    harness.call('replica.applyProfiles', { profiles })
    harness.call('replica.applyProfiles', {
      profiles: [{ id: peer, displayName: 'Old', about: '', photo: null, updatedAt: 4 }],
    })
    harness.apply({ collection: 'contacts', items: [{ id: peer, name: 'P', phone: null }], cursor: 1 })
    harness.apply({ collection: 'blocks', items: [{ userId: peer, blocked: true }], cursor: 1 })
    expect(thePerson()).toEqual({
      id: peer,
      displayName: 'Pia',
      about: 'Hi',
      photo,
      profileFetchedAt: harness.clock.now,
      contactName: 'P',
      phone: null,
      blocked: true,
    })
    expect(harness.call('replica.syncCursors', undefined)).toEqual({ contacts: 1, blocks: 1 })
  })

  it('keeps local changes while they are queued', () => {
    harness.call('outbox.add', { kind: 'contact', payload: { id: peer, name: 'Mine', phone: null } })
    harness.call('outbox.add', { kind: 'block', payload: { userId: peer, blocked: true } })
    harness.call('outbox.add', { kind: 'profile', payload: { displayName: 'Me', about: '' } })
    harness.call('outbox.add', { kind: 'privacy', payload: { ...defaultPrivacy, lastSeen: 'nobody' } })
    harness.call('outbox.add', { kind: 'photo', payload: { photo } })
    expect(pending()).toMatchObject([
      { kind: 'contact', payload: { id: peer, name: 'Mine', phone: null } },
      { kind: 'block', payload: { userId: peer, blocked: true } },
      { kind: 'profile', payload: { displayName: 'Me' } },
      { kind: 'privacy', payload: { lastSeen: 'nobody' } },
      { kind: 'photo', payload: { photo } },
    ])
    const contacts = [{ id: peer, name: 'Wire', phone: null }]
    const applyAll = (): void => {
      harness.apply({ collection: 'contacts', items: contacts, cursor: 1 })
      harness.apply({ collection: 'blocks', items: [{ userId: peer, blocked: false }], cursor: 1 })
      harness.apply({ collection: 'profile', items: [{ displayName: 'Wire', about: '' }], cursor: null })
      harness.apply({ collection: 'privacy', items: [defaultPrivacy], cursor: null })
      harness.apply({ collection: 'photo', items: [{ photo: null }], cursor: null })
    }
    applyAll()
    expect(thePerson()).toMatchObject({ contactName: 'Mine', blocked: true })
    expect(harness.call('replica.account', undefined)).toEqual({
      profile: { displayName: 'Me', about: '' },
      privacy: { ...defaultPrivacy, lastSeen: 'nobody' },
      photo,
    })
    for (const intent of pending()) acknowledge(intent, 'done')
    applyAll()
    expect(thePerson()).toMatchObject({ contactName: 'Wire', blocked: false })
    expect(harness.call('replica.account', undefined)).toEqual({
      profile: { displayName: 'Wire', about: '' },
      privacy: defaultPrivacy,
      photo: null,
    })
  })

  it('announces nothing when nothing changed', () => {
    harness.call('outbox.add', { kind: 'block', payload: { userId: peer, blocked: false } })
    expect(pending()).toEqual([])
    harness.apply({ collection: 'profile', items: [], cursor: null })
    expect(harness.takeChanges()).toEqual([])
  })
})

describe('the media of a chat', () => {
  const photoBody = { ...testPhoto(), caption: 'of a newer version' }
  const link = { kind: 'text', text: 'See https://example.org' }
  const media = (of: Content, before: Position | null = null, limit = 9) =>
    harness.call('replica.media', { chatId, of, before, limit })
  const numbers = (of: Content) => media(of).messages.map(({ seq }) => seq)

  beforeEach(() => {
    applyChat({ messageCount: 6 })
    applyMessages(harness, [
      wireMessage(1, { body: photoBody }),
      wireMessage(2),
      wireMessage(3, { body: link }),
      wireMessage(4, { body: photoBody }),
      wireMessage(5, { body: { kind: 'file', file: photoBody.file, name: 'Plan.pdf' } }),
      wireMessage(6, { body: photoBody }),
    ])
  })

  it('is found by what it is, newest first, with its number', () => {
    expect(numbers('media')).toEqual([6, 4, 1])
    expect(numbers('files')).toEqual([5])
    expect(numbers('links')).toEqual([3])
    expect(numbers('voice')).toEqual([])
    expect(media('media', null, 1).total).toBe(3)
  })

  it('is returned in pages', () => {
    const [newest] = media('media', null, 1).messages
    if (newest === undefined) throw new Error('there are photos')
    expect(media('media', positionOf(newest)).messages.map(({ seq }) => seq)).toEqual([4, 1])
  })

  it('follows a deletion, and stays in its chat', () => {
    applyMessages(harness, [wireMessage(4, { body: null, deletedAt: 9000, updatedAt: 9000 })])
    expect(numbers('media')).toEqual([6, 1])
    const other = harness.call('replica.media', { chatId: otherChatId, of: 'media', before: null, limit: 9 })
    expect(other).toEqual({ messages: [], total: 0 })
  })

  it('contains what is not sent yet', () => {
    harness.call('replica.send', queuedMessage(7, { body: testPhoto() }))
    expect(numbers('media')).toEqual([7, 6, 4, 1])
  })
})
