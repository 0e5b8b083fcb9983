import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasUnreadMention, unreadCount, type Chat, type WireChat } from '#shared/domain/chat.ts'
import { chatIdSchema, userIdSchema } from '#shared/domain/ids.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { fromMarkedText } from '#shared/messages/mentions.ts'
import {
  idOf,
  me,
  peer,
  queuedMessage,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'

const groupId = chatIdSchema.parse('Group000000000000001')
const group = {
  ownerId: peer,
  adminIds: [peer],
  bannedIds: [],
  description: '',
  photo: null,
  policy: { post: 'all', edit: 'all', add: 'all' },
} as const satisfies WireChat['group']

let harness: Harness

beforeEach(() => {
  harness = startReplica()
  harness.apply({ collection: 'chats', items: [], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

/** The group's document after a write of `last`. */
function apply(
  revision: number,
  messageCount: number,
  last: WireMessage,
  patch: Partial<WireChat> = {},
): void {
  const document: Partial<WireChat> = {
    id: groupId,
    kind: 'group',
    title: 'Garden',
    group: { ...group, adminIds: [peer], bannedIds: [] },
    memberIds: [peer, me],
    revision,
    messageCount,
    changed: last.id,
    last,
    updatedAt: last.updatedAt,
    ...patch,
  }
  harness.apply({ collection: 'chats', items: [wireChat(document)], cursor: 5 })
}
const event = (n: number, body: object): WireMessage =>
  wireMessage(n, { chatId: groupId, body: { kind: 'event', ...body } })
const text = (n: number): WireMessage => wireMessage(n, { chatId: groupId })
const created = event(1, { event: 'created', uids: [me], title: 'Garden' })

function theGroup(): Chat {
  const chat = harness.call('replica.chats', undefined).find(({ id }) => id === groupId)
  if (chat === undefined) throw new Error('The replica has no group.')
  return chat
}

describe('a mention', () => {
  const mentioning = (n: number, mentions: string, patch: object = {}): WireMessage =>
    wireMessage(n, { chatId: groupId, body: { kind: 'text', text: '@Somebody', mentions }, ...patch })
  const isShown = (): boolean => hasUnreadMention(theGroup(), me)

  it.each(['me:0:9', '*:0:9', 'peer:0:4 me:4:5'])('is shown until it is read: %s', (mentions) => {
    apply(1, 0, created)
    apply(2, 1, mentioning(2, mentions))
    expect(isShown()).toBe(true)
    apply(3, 2, text(3))
    expect(isShown()).toBe(true)
    harness.call('replica.markRead', { chatId: groupId, readCount: 1, readAt: 2000 })
    expect(isShown()).toBe(false)
  })

  it.each(['peer:0:9', 'me:0:10', 'me', '*'])(
    'of nobody that the reader is, or malformed: %s',
    (mentions) => {
      apply(1, 0, created)
      apply(2, 1, mentioning(2, mentions))
      expect(isShown()).toBe(false)
    },
  )

  it('notifies with the names of the people', () => {
    apply(1, 0, created)
    apply(2, 1, mentioning(2, 'peer:0:4 me:4:5'))
    expect(harness.takeIncoming()[0]?.names).toEqual(new Map([peer, me].map((id) => [id, ''])))
  })

  it('ends when the message is deleted or edited, or the person writes', () => {
    apply(1, 0, created)
    apply(2, 1, mentioning(2, 'me:0:9'))
    apply(3, 1, mentioning(2, 'peer:0:9', { updatedAt: 3000, editedAt: 3000 }))
    expect(isShown()).toBe(false)
    apply(4, 1, mentioning(2, 'me:0:9', { updatedAt: 4000, editedAt: 4000 }))
    expect(isShown()).toBe(true)
    apply(5, 1, wireMessage(2, { chatId: groupId, body: null, updatedAt: 5000, deletedAt: 5000 }))
    expect(isShown()).toBe(false)
    apply(6, 2, mentioning(6, 'me:0:9'))
    expect(isShown()).toBe(true)
    harness.call('replica.send', queuedMessage(7, { chatId: groupId }))
    expect(isShown()).toBe(false)
  })

  it('returns to the draft with a text that is discarded', () => {
    apply(1, 0, created)
    const body = { kind: 'text', text: 'Hi @Peer', mentions: 'peer:3:5' } as const
    harness.call('replica.send', queuedMessage(2, { chatId: groupId, body }))
    const [intent] = harness.call('outbox.pending', undefined)
    if (intent === undefined) throw new Error('Nothing is waiting.')
    const { kind, key, version } = intent
    harness.call('outbox.acknowledge', { kind, key, version, outcome: 'failed', failure: 'denied' })
    harness.call('outbox.discard', { messageId: idOf(2) })
    expect(fromMarkedText(theGroup().draft)).toEqual({
      text: 'Hi @Peer',
      mentions: [{ who: peer, start: 3, length: 5 }],
    })
  })

  it('does not count when a blocked person or this person wrote it', () => {
    apply(1, 0, created)
    apply(
      2,
      1,
      wireMessage(2, {
        ...mentioning(2, '*:0:9'),
        senderId: me,
        body: { kind: 'text', text: '@all', mentions: '*:0:4' },
      }),
    )
    expect(theGroup().mentioned).toBe(false)
    apply(3, 2, mentioning(3, 'me:0:9'))
    expect(theGroup().mentioned).toBe(true)
    harness.apply({ collection: 'blocks', items: [{ userId: peer, blocked: true }], cursor: 5 })
    expect(theGroup().mentioned).toBe(false)
  })
})

describe('an event', () => {
  it('is shown, but is neither unread nor notified', () => {
    apply(1, 0, created)
    expect(unreadCount(theGroup(), me)).toBe(0)
    expect(harness.takeIncoming()).toEqual([])
    expect(theGroup()).toMatchObject({ title: 'Garden', last: { body: { event: 'created' } }, former: false })
    apply(2, 1, text(2))
    expect(unreadCount(theGroup(), me)).toBe(1)
    expect(harness.takeIncoming().map(({ message }) => message.id)).toEqual([idOf(2)])
  })

  it('is not counted when an own text comes after it', () => {
    apply(1, 0, created)
    apply(2, 1, text(2))
    harness.call('replica.send', queuedMessage(4, { chatId: groupId }))
    apply(3, 1, event(3, { event: 'renamed', title: 'Allotment' }), { title: 'Allotment' })
    apply(4, 2, wireMessage(4, { chatId: groupId, senderId: me }))
    expect(theGroup().state.readCount).toBe(2)
    expect(unreadCount(theGroup(), me)).toBe(0)
  })
})

describe('a blocked person in a common group', () => {
  it('is not notified of, but counts as unread', () => {
    apply(1, 0, created)
    harness.call('outbox.add', { kind: 'block', payload: { userId: peer, blocked: true } })
    apply(2, 1, text(2))
    expect(harness.takeIncoming()).toEqual([])
    expect(unreadCount(theGroup(), me)).toBe(1)
  })
})

describe('a group created here', () => {
  const message = queuedMessage(1, {
    chatId: groupId,
    body: { kind: 'event', event: 'created', uids: [peer], title: 'Garden' },
  })

  it('appears at once, with its event queued', () => {
    harness.call('replica.createGroup', { message })
    expect(theGroup()).toMatchObject({
      kind: 'group',
      title: 'Garden',
      memberIds: [me, peer],
      onWire: false,
      group: { ownerId: me, adminIds: [me] },
    })
    expect(harness.call('outbox.pending', undefined)).toMatchObject([{ kind: 'send', key: idOf(1) }])
    harness.call('replica.createGroup', { message })
    expect(harness.call('outbox.pending', undefined)).toHaveLength(1)
  })

  it('is created without its people when their batch is denied', () => {
    const added: EventBody = { kind: 'event', event: 'added', uids: [peer] }
    harness.call('replica.createGroup', { message })
    harness.call('replica.send', queuedMessage(2, { chatId: groupId }))
    const events: EventBody[] = [{ kind: 'event', event: 'created', uids: [], title: 'Garden' }, added]
    harness.call('outbox.split', { messageId: idOf(1), events })
    const pending = harness.call('outbox.pending', undefined).map(({ payload }) => payload)
    expect(pending).toMatchObject([
      { id: idOf(1), body: events[0] },
      { id: idOf(2), body: { kind: 'text' } },
      { body: added, delivery: 'queued' },
    ])
    expect(theGroup().memberIds).toEqual([me])
  })

  it('keeps a message that is no waiting event when it should be split', () => {
    const events: EventBody[] = [{ kind: 'event', event: 'added', uids: [peer] }]
    harness.call('replica.createGroup', { message })
    harness.call('replica.send', queuedMessage(2, { chatId: groupId }))
    const [event, text] = harness.call('outbox.pending', undefined)
    if (event === undefined) throw new Error('Nothing is pending.')
    const { kind, key, version } = event
    harness.call('outbox.acknowledge', { kind, key, version, outcome: 'done', failure: null })
    for (const n of [1, 2, 3]) harness.call('outbox.split', { messageId: idOf(n), events })
    expect(harness.call('outbox.pending', undefined)).toEqual([text])
  })

  it('is refused with another message', () => {
    const other = queuedMessage(1, { chatId: groupId })
    expect(() => harness.call('replica.createGroup', { message: other })).toThrow('not a new group')
  })
})

describe('a group that this person has left', () => {
  it('keeps its history and draft, takes no text, and comes back with its document', () => {
    apply(1, 0, created)
    apply(2, 1, text(2))
    harness.call('replica.setDraft', { chatId: groupId, text: 'Not sent yet' })
    harness.call('replica.leaveChats', { chatIds: [groupId] })
    expect(theGroup()).toMatchObject({ former: true, draft: 'Not sent yet' })
    const page = { chatId: groupId, before: null, limit: 10 }
    expect(harness.call('replica.messages', page)).toHaveLength(2)
    expect(() => harness.call('replica.send', queuedMessage(3, { chatId: groupId }))).toThrow('not a member')
    apply(3, 1, event(3, { event: 'added', uids: [me] }))
    expect(theGroup().former).toBe(false)
  })

  it.each(['done', 'dropped'] as const)('is marked as soon as the own event is %s', (outcome) => {
    apply(1, 0, created)
    const left = queuedMessage(2, { chatId: groupId, body: { kind: 'event', event: 'left', uids: [me] } })
    harness.call('replica.send', left)
    const [intent] = harness.call('outbox.pending', undefined)
    const version = intent?.version ?? 0
    harness.call('outbox.acknowledge', { kind: 'send', key: idOf(2), version, outcome, failure: null })
    expect(theGroup().former).toBe(true)
    const page = { chatId: groupId, before: null, limit: 10 }
    expect(harness.call('replica.messages', page)).toHaveLength(outcome === 'done' ? 2 : 1)
  })

  it('is never a direct chat', () => {
    harness.apply({ collection: 'chats', items: [wireChat()], cursor: 5 })
    harness.call('replica.leaveChats', { chatIds: [wireChat().id] })
    expect(harness.call('replica.chats', undefined)).toMatchObject([{ former: false }])
  })
})

describe('receipts', () => {
  const members = (size: number) => [
    me,
    ...Array.from({ length: size - 1 }, (_, index) => userIdSchema.parse(`p${String(index)}`)),
  ]
  const receipts = () =>
    harness.call('outbox.pending', undefined).filter(({ kind }) => kind.toLowerCase().includes('receipt'))

  it('are queued for a text, not for an event', () => {
    apply(1, 0, created)
    expect(receipts()).toEqual([])
    apply(2, 1, text(2))
    expect(receipts()).toMatchObject([
      { kind: 'groupReceipt', key: groupId, payload: { chatId: groupId, deliveredAt: 2000, readAt: null } },
    ])
    harness.call('replica.markRead', { chatId: groupId, readCount: 1, readAt: 2000 })
    expect(receipts()).toMatchObject([{ payload: { deliveredAt: 2000, readAt: 2000 } }])
  })

  it('are queued in a group of up to 64 members only', () => {
    apply(1, 0, created, { memberIds: members(65) })
    apply(2, 1, text(2), { memberIds: members(65) })
    expect(receipts()).toEqual([])
    apply(3, 2, text(3), { memberIds: members(64) })
    expect(receipts()).toHaveLength(1)
  })

  it('are not queued in a group that this person has left', () => {
    apply(1, 0, created)
    apply(2, 1, text(2))
    const [receipt] = receipts()
    if (receipt === undefined) throw new Error('There is no receipt.')
    const { kind, key, version } = receipt
    harness.call('outbox.acknowledge', { kind, key, version, outcome: 'done', failure: null })
    harness.call('replica.leaveChats', { chatIds: [groupId] })
    harness.call('replica.markRead', { chatId: groupId, readCount: 1, readAt: 2000 })
    expect(receipts()).toEqual([])
  })

  it('of members are stored with the rest', () => {
    apply(1, 0, created)
    const activity = {
      chatId: groupId,
      userId: peer,
      deliveredAt: 3,
      readAt: 2,
      typingUntil: null,
      updatedAt: 9,
    }
    harness.apply({ collection: 'activity', items: [activity], cursor: null })
    expect(harness.call('replica.activities', undefined)).toEqual([activity])
    expect(harness.call('replica.syncCursors', undefined).activity).toBeUndefined()
  })
})

describe('a group that this person was added to', () => {
  const needsFirstPage = (): boolean | undefined =>
    harness.call('replica.chatSync', { chatId: groupId })?.needsFirstPage

  it('has nothing unread from before', () => {
    apply(30, 20, event(30, { event: 'added', uids: [peer, me] }))
    expect(unreadCount(theGroup(), me)).toBe(0)
    apply(31, 21, text(31))
    expect(unreadCount(theGroup(), me)).toBe(1)
    apply(32, 21, event(32, { event: 'added', uids: [peer] }))
    expect(unreadCount(theGroup(), me)).toBe(1)
  })

  it('is read from its beginning when its history is short', () => {
    apply(50, 49, event(50, { event: 'added', uids: [me] }))
    expect(needsFirstPage()).toBe(false)
  })

  it('needs only its newest page when its history is long', () => {
    apply(51, 50, event(51, { event: 'added', uids: [me] }))
    expect(needsFirstPage()).toBe(true)
  })
})
