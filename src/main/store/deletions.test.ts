import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Args } from '#shared/bridge/index.ts'
import { newGroupId, userIdSchema } from '#shared/domain/ids.ts'
import { stagedItemSchema } from '#shared/domain/staged.ts'
import { newGroup } from '#shared/domain/group.ts'
import type { Intent } from '#shared/intents/index.ts'
import { newObjectId, sha256Schema, type Sha256 } from '#shared/messages/attachment.ts'
import type { WireMessagePatch } from '#shared/domain/test-data.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import {
  applyMessages,
  chatId,
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

const text = { kind: 'text', text: 'secret plan' } as const
const deleted = { body: null, deletedAt: 50_000, updatedAt: 50_000 }

let harness: Harness
beforeEach(() => {
  harness = startReplica()
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
  harness.clock.now = 40_000
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

const staged = stagedItemSchema.parse({
  id: '00000000-0000-4000-8000-000000000000',
  kind: 'photo',
  sha256: '2'.padStart(64, '0'),
  size: 10,
  mime: 'image/png',
  name: 'a.png',
  width: 4,
  height: 3,
  hash: '',
  duration: null,
  caption: '',
  asFile: false,
})

function hash(n: number): Sha256 {
  return sha256Schema.parse(String(n).padStart(64, '0'))
}

function photo(n: number): BodyOf<'photo'> {
  const file = { object: newObjectId(), size: 10, sha256: hash(n), mime: 'image/png', enc: null }
  return { kind: 'photo', file, width: 4, height: 3, hash: '' }
}

/** A message of this person that the wire has. */
function arrive(n: number, changes: WireMessagePatch = {}): void {
  applyMessages(harness, [wireMessage(n, { senderId: me, body: text, ...changes })])
}

function store(n: number): void {
  harness.call('files.add', { sha256: hash(n), size: 10, quota: 1000 })
}

function deleteForEveryone(n: number): void {
  harness.call('outbox.add', { kind: 'deleteMessage', payload: { chatId, id: idOf(n) } })
}

function waiting(): Intent[] {
  return harness.call('outbox.pending', undefined)
}

function kindsWaiting(): string[] {
  return waiting().map(({ kind }) => kind)
}

function acknowledge(kind: Intent['kind'], outcome: 'done' | 'dropped' | 'failed'): void {
  const intent = waiting().find((one) => one.kind === kind)
  if (intent === undefined) throw new Error(`no ${kind} waits`)
  const { key, version } = intent
  const failure = outcome === 'failed' ? 'denied' : null
  harness.call('outbox.acknowledge', { kind, key, version, outcome, failure })
}

function message(n: number): Message | undefined {
  return newestMessages(harness).find(({ id }) => id === idOf(n))
}

function found(): number {
  return harness.call('replica.search', { text: 'secret', chatId: null, limit: 10 }).length
}

describe('a message that this person deletes', () => {
  it('disappears at once from the chat, its line, the search and the media', () => {
    arrive(1)
    arrive(2, { body: photo(2) })
    harness.takeChanges()
    deleteForEveryone(1)
    expect(message(1)).toMatchObject({ body: null, deletedAt: 40_000, delivery: 'sent' })
    expect(harness.takeChanges()[0]?.messages).toEqual([message(1)])
    expect(found()).toBe(0)
    deleteForEveryone(2)
    expect(harness.call('replica.chats', undefined)[0]?.last).toMatchObject({ id: idOf(2), body: null })
    expect(harness.call('replica.media', { chatId, of: 'media', before: null, limit: 10 }).total).toBe(0)
    expect(kindsWaiting()).toEqual(['deleteMessage', 'deleteMessage'])
  })

  it('stays deleted while the wire still has it', () => {
    arrive(1)
    deleteForEveryone(1)
    const edited = wireMessage(1, { senderId: me, body: { ...text, text: 'secret edit' }, updatedAt: 45_000 })
    const line = () => harness.call('replica.chats', undefined)[0]?.last
    // The chat's document is ahead of the messages: two changes are missing.
    harness.apply({ collection: 'chats', items: [wireChat({ last: edited, revision: 9 })], cursor: 2 })
    expect(line()).toMatchObject({ id: idOf(1), body: null })
    applyMessages(harness, [edited])
    expect(line()).toMatchObject({ id: idOf(1), body: null })
    expect(message(1)?.body).toBeNull()
    acknowledge('deleteMessage', 'dropped')
    expect(message(1)?.body).toMatchObject({ text: 'secret edit' })
  })

  it('comes back when the server refuses, and says so', () => {
    arrive(1, { body: photo(1) })
    deleteForEveryone(1)
    acknowledge('deleteMessage', 'dropped')
    expect(message(1)).toMatchObject({ deletedAt: null, failure: 'denied', delivery: 'sent' })
    expect(message(1)?.body?.kind).toBe('photo')
    expect(harness.call('replica.media', { chatId, of: 'media', before: null, limit: 10 }).total).toBe(1)
    expect(harness.takeFreed()).toEqual([])
    deleteForEveryone(1)
    expect(message(1)).toMatchObject({ body: null, failure: null })
  })

  it('stays deleted when the wire was faster than the response', () => {
    arrive(1)
    deleteForEveryone(1)
    arrive(1, deleted)
    acknowledge('deleteMessage', 'dropped')
    expect(message(1)).toMatchObject({ body: null, deletedAt: 50_000 })
  })

  it('comes back as one that mentions this person, if it does', () => {
    const chat = (): boolean | undefined => harness.call('replica.chats', undefined)[0]?.mentioned
    const group = wireChat({ kind: 'group', title: 'Trip', group: newGroup(me), revision: 2 })
    harness.apply({ collection: 'chats', items: [group], cursor: 2 })
    arrive(1, { senderId: peer, body: { ...text, mentions: `${me}:0:6` } })
    expect(chat()).toBe(true)
    deleteForEveryone(1)
    expect(chat()).toBe(false)
    acknowledge('deleteMessage', 'dropped')
    expect(chat()).toBe(true)
  })

  it('cannot be deleted twice, and a change of a group cannot be deleted', () => {
    arrive(1)
    deleteForEveryone(1)
    acknowledge('deleteMessage', 'done')
    deleteForEveryone(1)
    arrive(2, { body: { kind: 'event', event: 'renamed', title: 'x' } })
    deleteForEveryone(2)
    deleteForEveryone(3)
    expect(waiting()).toEqual([])
  })
})

describe('a message that is not sent yet', () => {
  it('is deleted on the wire after it has arrived there', () => {
    harness.call('replica.send', queuedMessage(1, { body: text }))
    deleteForEveryone(1)
    expect(waiting()).toMatchObject([
      { kind: 'send', payload: { body: null, deletedAt: 40_000 } },
      { kind: 'deleteMessage' },
    ])
    acknowledge('send', 'done')
    expect(kindsWaiting()).toEqual(['deleteMessage'])
    acknowledge('deleteMessage', 'done')
    expect(message(1)?.body).toBeNull()
  })

  it('is discarded when it never gets there', () => {
    for (const outcome of ['dropped', 'failed'] as const) {
      harness.call('replica.send', queuedMessage(1, { body: text }))
      deleteForEveryone(1)
      harness.takeChanges()
      acknowledge('send', outcome)
      expect(harness.takeChanges()[0]?.outbox).toEqual([])
      expect([waiting(), message(1)]).toEqual([[], undefined])
    }
    expect(harness.call('replica.chats', undefined)[0]?.draft).toBe('')
  })

  it('is discarded at once while its file is being uploaded', () => {
    harness.call('replica.send', queuedMessage(1, { body: { ...photo(1), text: 'secret' } }))
    deleteForEveryone(1)
    expect([waiting(), message(1)]).toEqual([[], undefined])
    expect(harness.call('replica.chats', undefined)[0]?.draft).toBe('')
  })

  it('is deleted in the version that arrives from the wire', () => {
    harness.call('replica.send', queuedMessage(1, { body: text }))
    deleteForEveryone(1)
    arrive(1)
    expect(message(1)).toMatchObject({ body: null, sentAt: 1000, delivery: 'sent' })
    expect(kindsWaiting()).toEqual(['deleteMessage'])
  })
})

describe('the file of a deleted message', () => {
  it('is deleted here and in Storage once the server has accepted the deletion', () => {
    const body = photo(1)
    store(1)
    arrive(1, { body })
    deleteForEveryone(1)
    expect(harness.takeFreed()).toEqual([])
    acknowledge('deleteMessage', 'done')
    expect(harness.takeFreed()).toEqual([hash(1)])
    expect(harness.call('files.all', undefined)).toEqual([])
    expect(waiting()).toMatchObject([{ kind: 'deleteObject', payload: { chatId, object: body.file.object } }])
    arrive(1, deleted)
    expect([harness.takeFreed(), waiting().length]).toEqual([[], 1])
  })

  it('is deleted in both places when an admin or another device deletes the message', () => {
    store(1)
    arrive(1, { body: photo(1) })
    harness.call('files.keep', { sha256: hash(1), kept: true })
    arrive(1, deleted)
    expect(harness.takeFreed()).toEqual([hash(1)])
    expect(kindsWaiting()).toEqual(['deleteObject'])
  })

  it('is deleted here only, if somebody else has sent it', () => {
    store(1)
    const sender = { senderId: peer }
    arrive(1, { ...sender, body: photo(1) })
    arrive(1, { ...sender, ...deleted })
    expect([harness.takeFreed(), kindsWaiting()]).toEqual([[hash(1)], ['receipt']])
  })

  it('stays in Storage while another message of the chat has the same object', () => {
    const body = photo(1)
    arrive(1, { body })
    arrive(2, { body })
    arrive(1, deleted)
    expect([harness.takeFreed(), waiting()]).toEqual([[], []])
    harness.call('replica.send', queuedMessage(3, { body: photo(1) }))
    arrive(2, deleted)
    expect([harness.takeFreed(), kindsWaiting()]).toEqual([[], ['send']])
  })

  it('stays here while it is staged, or a message of another chat has it', () => {
    for (const n of [1, 2]) store(n)
    arrive(1, { body: photo(1) })
    arrive(2, { body: photo(2) })
    harness.call('replica.openDirectChat', { peerId: userIdSchema.parse('other') })
    harness.call('replica.send', queuedMessage(3, { chatId: otherChatId, body: photo(1) }))
    harness.call('replica.setStaged', { chatId, items: [staged] })
    arrive(1, deleted)
    arrive(2, deleted)
    expect(harness.takeFreed()).toEqual([])
  })
})

it('refuses the files of a chat that is not here', () => {
  const unknown = newGroupId()
  const file = { object: newObjectId(), size: 10, sha256: hash(1), mime: 'image/png' }
  const requests: Args<'outbox.add'>[] = [
    { kind: 'deleteObject', payload: { chatId: unknown, object: file.object } },
    { kind: 'upload', payload: { ...file, place: { chatId: unknown } } },
  ]
  for (const request of requests)
    expect(() => harness.call('outbox.add', request)).toThrow(expect.objectContaining({ code: 'refused' }))
  expect(waiting()).toEqual([])
})
