import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WireChat } from '#shared/domain/chat.ts'
import { newGroup } from '#shared/domain/group.ts'
import { chatIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { Photo } from '#shared/domain/photo.ts'
import { photo as face } from '#shared/domain/test-data.ts'
import type { Intent } from '#shared/intents/index.ts'
import { newObjectId } from '#shared/messages/attachment.ts'
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

let harness: Harness
beforeEach(() => {
  harness = startReplica()
  harness.apply({ collection: 'chats', items: [], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

function newPhoto(): Photo {
  return { ...face, object: newObjectId() }
}

/** The objects that are to be deleted, with their places. */
function deletions(): unknown[] {
  return harness
    .call('outbox.pending', undefined)
    .flatMap((intent) => (intent.kind === 'deleteObject' ? intent.payload : []))
}

function acknowledge(kind: Intent['kind']): void {
  const intent = harness.call('outbox.pending', undefined).find((one) => one.kind === kind)
  if (intent === undefined) throw new Error(`no ${kind} waits`)
  const { key, version } = intent
  harness.call('outbox.acknowledge', { kind, key, version, outcome: 'done', failure: null })
}

describe('the photo of this person', () => {
  const set = (photo: Photo | null): void => harness.call('outbox.add', { kind: 'photo', payload: { photo } })
  const arrive = (photo: Photo | null): void =>
    harness.apply({ collection: 'photo', items: [{ photo }], cursor: null })
  const named = ({ object }: Photo): object => ({ userId: me, object })

  it('is deleted when another one or none takes its place, also one that never got to the wire', () => {
    const [first, second] = [newPhoto(), newPhoto()]
    set(first)
    expect(deletions()).toEqual([])
    acknowledge('photo')
    set(second)
    expect(deletions()).toEqual([named(first)])
    set(null)
    expect(deletions()).toEqual([named(first), named(second)])
  })

  it('stays when the wire repeats it, and is the other device’s to delete when that one changes it', () => {
    const first = newPhoto()
    set(first)
    arrive(first)
    acknowledge('photo')
    arrive(first)
    arrive(newPhoto())
    expect(deletions()).toEqual([])
  })

  it('of another device is deleted when the one that waits here takes its place', () => {
    const theirs = newPhoto()
    set(newPhoto())
    arrive(theirs)
    expect(deletions()).toEqual([named(theirs)])
  })
})

describe('the photo of a group', () => {
  let revision = 0
  beforeEach(() => {
    revision = 0
    arrive(
      wireMessage(1, {
        chatId: groupId,
        body: { kind: 'event', event: 'created', uids: [me], title: 'Trip' },
      }),
    )
  })

  /** The group's document with its newest message. */
  function arrive(last: WireMessage): void {
    revision += 1
    const document: Partial<WireChat> = {
      id: groupId,
      kind: 'group',
      title: 'Trip',
      group: newGroup(peer),
      memberIds: [peer, me],
      revision,
      messageCount: 0,
      changed: last.id,
      last,
      updatedAt: last.updatedAt,
    }
    harness.apply({ collection: 'chats', items: [wireChat(document)], cursor: 5 })
  }

  function set(n: number, senderId: UserId, photo: Photo | null): void {
    arrive(wireMessage(n, { chatId: groupId, senderId, body: { kind: 'event', event: 'photo', photo } }))
  }

  it('is deleted by the person who set it, whoever changes or removes it', () => {
    const [first, second] = [newPhoto(), newPhoto()]
    set(2, me, first)
    expect(deletions()).toEqual([])
    arrive(wireMessage(3, { chatId: groupId }))
    set(4, me, second)
    expect(deletions()).toEqual([{ chatId: groupId, object: first.object }])
    set(5, peer, newPhoto())
    expect(deletions()).toEqual([first, second].map(({ object }) => ({ chatId: groupId, object })))
    set(6, me, null)
    expect(deletions()).toHaveLength(2)
  })

  it('stays until the change of this person is on the wire', () => {
    const [first, second] = [newPhoto(), newPhoto()]
    set(2, me, first)
    const body = { kind: 'event', event: 'photo', photo: second } as const
    harness.call('replica.send', queuedMessage(3, { chatId: groupId, body }))
    expect(deletions()).toEqual([])
    set(3, me, second)
    expect(deletions()).toEqual([{ chatId: groupId, object: first.object }])
    expect(harness.call('outbox.pending', undefined).some(({ key }) => key === idOf(3))).toBe(false)
  })

  it('is not deleted for a text that looks like a change', () => {
    const first = newPhoto()
    set(2, me, first)
    const text = JSON.stringify({ kind: 'event', event: 'photo', photo: null })
    arrive(wireMessage(3, { chatId: groupId, senderId: peer, body: { kind: 'text', text } }))
    expect(deletions()).toEqual([])
    set(4, peer, null)
    expect(deletions()).toEqual([{ chatId: groupId, object: first.object }])
  })
})
