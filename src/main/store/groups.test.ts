import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unreadCount, type Chat, type WireChat } from '#shared/domain/chat.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
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

  it('is marked as soon as the own event is acknowledged', () => {
    apply(1, 0, created)
    const left = queuedMessage(2, { chatId: groupId, body: { kind: 'event', event: 'left', uids: [me] } })
    harness.call('replica.send', left)
    const [intent] = harness.call('outbox.pending', undefined)
    harness.call('outbox.acknowledge', {
      kind: 'send',
      key: idOf(2),
      version: intent?.version ?? 0,
      outcome: 'done',
      failure: null,
    })
    expect(theGroup().former).toBe(true)
  })

  it('is never a direct chat', () => {
    harness.apply({ collection: 'chats', items: [wireChat()], cursor: 5 })
    harness.call('replica.leaveChats', { chatIds: [wireChat().id] })
    expect(harness.call('replica.chats', undefined)).toMatchObject([{ former: false }])
  })
})

describe('a group that this person was added to', () => {
  const needsFirstPage = (): boolean | undefined =>
    harness.call('replica.chatSync', { chatId: groupId })?.needsFirstPage

  it('is read from its beginning when its history is short', () => {
    apply(50, 49, event(50, { event: 'added', uids: [me] }))
    expect(needsFirstPage()).toBe(false)
  })

  it('needs only its newest page when its history is long', () => {
    apply(51, 50, event(51, { event: 'added', uids: [me] }))
    expect(needsFirstPage()).toBe(true)
  })
})
