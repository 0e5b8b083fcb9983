import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WireChat } from '#shared/domain/chat.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import {
  applyMessages,
  chatId,
  chatSync,
  idOf,
  me,
  newestMessages,
  queuedMessage,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'

/* A chat is in step when only the latest write is missing and the chat's document contains the changed message. */

let harness: Harness

beforeEach(() => {
  harness = startReplica()
  // A stored cursor means that the replica has read the chats before. So it treats the chats of these tests as new.
  harness.apply({ collection: 'chats', items: [], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

/** The chat's document after a write that created or changed `message`. `last`: the newest message. */
function afterWrite(revision: number, message: WireMessage, last = message): WireChat {
  return wireChat({
    revision,
    changed: message.id,
    last,
    messageCount: last.seq,
    updatedAt: message.updatedAt,
  })
}

/** Applies chats and returns the ids of those that are behind. */
function apply(...items: WireChat[]): string[] {
  return harness.call('replica.apply', { collection: 'chats', items, cursor: 5 }).behind
}

const deleted = (n: number, at: number): WireMessage =>
  wireMessage(n, { updatedAt: at, deletedAt: at, body: null })

describe('a chat in step', () => {
  it('takes every new message from its document, from the first one on', () => {
    expect(apply(afterWrite(1, wireMessage(1)))).toEqual([])
    expect(apply(afterWrite(2, wireMessage(2)))).toEqual([])
    expect(newestMessages(harness).map(({ id }) => id)).toEqual([idOf(1), idOf(2)])
    expect(chatSync(harness)).toMatchObject({
      cursor: 2000,
      syncedCount: 2,
      syncedRevision: 2,
      historyComplete: true,
    })
    expect(harness.takeIncoming().map(({ message }) => message.id)).toEqual([idOf(1), idOf(2)])
  })

  it('takes an edit and a deletion of the newest message from its document, and does not notify', () => {
    apply(afterWrite(1, wireMessage(1)))
    harness.takeIncoming()
    const edited = wireMessage(1, { updatedAt: 5000, editedAt: 5000, body: { kind: 'text', text: 'edited' } })
    expect(apply(afterWrite(2, edited))).toEqual([])
    expect(newestMessages(harness)).toMatchObject([{ editedAt: 5000, body: { text: 'edited' } }])
    expect(apply(afterWrite(3, deleted(1, 6000)))).toEqual([])
    expect(newestMessages(harness)).toMatchObject([{ body: null, deletedAt: 6000 }])
    expect(harness.takeIncoming()).toEqual([])
  })

  it('takes an own message that is queued here, and removes its intent', () => {
    apply(afterWrite(1, wireMessage(1)))
    harness.call('replica.send', queuedMessage(2))
    apply(afterWrite(2, wireMessage(2, { senderId: me })))
    expect(newestMessages(harness).at(-1)).toMatchObject({ id: idOf(2), delivery: 'sent' })
    expect(harness.call('outbox.pending', undefined).map(({ kind }) => kind)).not.toContain('send')
  })

  it('changes nothing when the same document arrives again', () => {
    apply(afterWrite(1, wireMessage(1)))
    harness.takeChanges()
    expect(apply(afterWrite(1, wireMessage(1)))).toEqual([])
    expect(harness.takeChanges()).toEqual([])
  })
})

describe('a chat is behind', () => {
  it('after a change of an older message, which the document does not contain', () => {
    apply(afterWrite(1, wireMessage(1)), afterWrite(2, wireMessage(2)))
    expect(apply(afterWrite(3, deleted(1, 9000), wireMessage(2)))).toEqual([chatId])
    expect(chatSync(harness)).toMatchObject({ revision: 3, syncedRevision: 2, changed: idOf(1) })
    expect(harness.call('replica.chatsBehind', undefined)).toEqual([chatId])
  })

  it('after more than one write, until its messages were read up to that revision', () => {
    apply(afterWrite(1, wireMessage(1)))
    expect(apply(afterWrite(3, wireMessage(3)))).toEqual([chatId])
    expect(newestMessages(harness).map(({ id }) => id)).toEqual([idOf(1)])
    applyMessages(harness, [wireMessage(2), wireMessage(3)], { cursor: 3000, syncedRevision: 3 })
    expect(harness.call('replica.chatsBehind', undefined)).toEqual([])
    expect(apply(afterWrite(4, wireMessage(4)))).toEqual([])
    expect(newestMessages(harness)).toHaveLength(4)
  })

  it('when its newest message cannot be read', () => {
    apply(afterWrite(1, wireMessage(1)))
    expect(apply({ ...afterWrite(2, wireMessage(2)), last: null })).toEqual([chatId])
  })

  it('when the replica is new: its messages are then loaded as history and do not notify', () => {
    const fresh = startReplica()
    const { behind } = fresh.call('replica.apply', {
      collection: 'chats',
      items: [afterWrite(1, wireMessage(1))],
      cursor: 5,
    })
    expect(behind).toEqual([chatId])
    expect(chatSync(fresh).needsFirstPage).toBe(true)
    applyMessages(fresh, [wireMessage(1)], { source: 'history', cursor: 1000, syncedRevision: 1 })
    expect(chatSync(fresh).needsFirstPage).toBe(false)
    expect(fresh.takeIncoming()).toEqual([])
    fresh.replica.close()
    rmSync(fresh.directory, { recursive: true })
  })
})
