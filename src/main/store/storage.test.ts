import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newGroupId } from '#shared/domain/ids.ts'
import { stagedItemSchema } from '#shared/domain/staged.ts'
import { newObjectId, sha256Schema, type Attachment, type Sha256 } from '#shared/messages/attachment.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { Database } from './database.ts'
import { replicaFile } from './files.ts'
import {
  applyMessages,
  chatId,
  idOf,
  me,
  queuedMessage,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'
import { defineSearchFunctions } from './search.ts'
import { CHATS_SQL, FILES_SQL, USAGE_SQL } from './storage.ts'

const HOUR = 3_600_000

let harness: Harness
beforeEach(() => {
  harness = startReplica()
  harness.clock.now = new Date(2026, 2, 10, 12).getTime()
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

function hash(n: number): Sha256 {
  return sha256Schema.parse(String(n).padStart(64, '0'))
}

function attachment(n: number): Attachment {
  return { object: newObjectId(), size: 10, sha256: hash(n), mime: 'image/png', enc: null }
}

function photo(n: number): BodyOf<'photo'> {
  return { kind: 'photo', file: attachment(n), width: 4, height: 3, hash: '' }
}

function file(n: number): BodyOf<'file'> {
  return { kind: 'file', file: attachment(n), name: 'plan.pdf' }
}

function add(n: number, size = 10): void {
  harness.call('files.add', { sha256: hash(n), size, quota: 1e12 })
}

const here = (): number[] =>
  harness
    .call('files.all', undefined)
    .map(({ sha256 }) => Number(sha256))
    .toSorted((a, b) => a - b)

const free = (of: typeof chatId | null = null) => harness.call('files.free', { chatId: of })

/** A group that this person has left, with a photo. */
function leaveGroupWith(n: number) {
  const groupId = newGroupId()
  harness.call('replica.createGroup', {
    message: queuedMessage(90, {
      chatId: groupId,
      body: { kind: 'event', event: 'created', uids: [], title: 'Garden' },
    }),
  })
  harness.call('replica.applyMessages', [
    {
      chatId: groupId,
      messages: [wireMessage(91, { chatId: groupId, body: photo(n) })],
      source: 'live',
      cursor: null,
      syncedCount: null,
      syncedRevision: null,
      historyComplete: null,
    },
  ])
  harness.call('replica.leaveChats', { chatIds: [groupId] })
  return groupId
}

describe('the use of the disk', () => {
  it('is counted by kind, each file once', () => {
    applyMessages(harness, [
      wireMessage(1, { body: photo(1) }),
      wireMessage(2, { body: photo(1) }),
      wireMessage(3, { body: file(2) }),
      wireMessage(4, { body: photo(3) }),
    ])
    add(1, 100)
    add(2, 20)
    add(4, 3)
    expect(harness.call('storage.usage', undefined)).toEqual({
      photo: { size: 100, files: 1 },
      video: { size: 0, files: 0 },
      voice: { size: 0, files: 0 },
      file: { size: 20, files: 1 },
      other: { size: 3, files: 1 },
      removable: { size: 120, files: 2 },
    })
  })

  it('is counted by chat, the largest first, and says whether there are more', () => {
    applyMessages(harness, [wireMessage(1, { body: photo(1) }), wireMessage(2, { body: photo(1) })])
    const groupId = leaveGroupWith(2)
    add(1, 100)
    add(2, 200)
    const large = { chatId: groupId, size: 200, files: 1 }
    expect(harness.call('storage.chats', { limit: 1 })).toEqual({ chats: [large], hasMore: true })
    expect(harness.call('storage.chats', { limit: 2 })).toEqual({
      chats: [large, { chatId, size: 100, files: 1 }],
      hasMore: false,
    })
  })

  it('lists the files of a chat, the largest first, each with its newest message', () => {
    applyMessages(harness, [
      wireMessage(1, { body: photo(1) }),
      wireMessage(2, { body: photo(1) }),
      wireMessage(3, { body: file(2) }),
      wireMessage(4, { body: file(3) }),
    ])
    add(1, 10)
    add(2, 20)
    harness.call('files.keep', { sha256: hash(2), kept: true })
    const { files, hasMore } = harness.call('storage.files', { chatId, limit: 50 })
    expect(files.map(({ message, size, kept }) => [message.id, size, kept])).toEqual([
      [idOf(3), 20, true],
      [idOf(2), 10, false],
    ])
    expect(hasMore).toBe(false)
    expect(harness.call('storage.files', { chatId, limit: 1 })).toMatchObject({ hasMore: true })
  })

  it('finds the message of a file, in its chat only', () => {
    applyMessages(harness, [wireMessage(1, { body: photo(1) })])
    expect(harness.call('storage.messageOf', { chatId, sha256: hash(1) })?.id).toBe(idOf(1))
    expect(harness.call('storage.messageOf', { chatId: newGroupId(), sha256: hash(1) })).toBeNull()
  })

  it('does not count a file once its message is deleted', () => {
    applyMessages(harness, [wireMessage(1, { body: photo(1) })])
    add(1)
    applyMessages(harness, [wireMessage(1, { body: null, deletedAt: 20_000, updatedAt: 20_000 })])
    expect(harness.call('storage.usage', undefined)).toMatchObject({
      photo: { files: 0 },
      other: { files: 0 },
    })
  })
})

describe('freeing space', () => {
  it('removes what can be downloaded again, at once', () => {
    applyMessages(harness, [wireMessage(1, { body: photo(1) }), wireMessage(2, { body: file(2) })])
    add(1)
    add(2, 5)
    expect(free()).toEqual({ sha256s: [hash(1), hash(2)], size: 15 })
    expect(here()).toEqual([])
    expect(free()).toEqual({ sha256s: [], size: 0 })
  })

  it('leaves what is kept, staged or being sent', () => {
    applyMessages(harness, [wireMessage(1, { body: photo(1) }), wireMessage(2, { body: photo(2) })])
    for (const n of [1, 2, 3]) add(n)
    harness.call('files.keep', { sha256: hash(1), kept: true })
    harness.call('replica.setStaged', { chatId, items: [staged(2)] })
    harness.call('replica.send', queuedMessage(5, { body: photo(3) }))
    expect(free().sha256s).toEqual([])
    expect(free(chatId).sha256s).toEqual([])
    expect(here()).toEqual([1, 2, 3])
  })

  it('leaves a file of no message for an hour, because it may be about to be sent', () => {
    add(1)
    expect(free().sha256s).toEqual([])
    harness.clock.now += HOUR
    expect(free().sha256s).toEqual([hash(1)])
  })

  it('leaves the files of a group that was left, unless that chat is cleared', () => {
    const groupId = leaveGroupWith(1)
    add(1)
    harness.clock.now += 2 * HOUR
    expect(free().sha256s).toEqual([])
    expect(free(chatId).sha256s).toEqual([])
    expect(free(groupId).sha256s).toEqual([hash(1)])
  })

  it('clears one chat only', () => {
    applyMessages(harness, [wireMessage(1, { body: photo(1) })])
    leaveGroupWith(2)
    add(1)
    add(2)
    expect(free(chatId).sha256s).toEqual([hash(1)])
    expect(here()).toEqual([2])
  })
})

describe('a lower limit', () => {
  it('evicts until the rest fits', () => {
    for (const n of [1, 2, 3]) {
      add(n)
      harness.clock.now += HOUR
    }
    expect(harness.call('files.evict', { quota: 20 })).toEqual([hash(1)])
    expect(harness.call('files.evict', { quota: 20 })).toEqual([])
  })
})

describe('the traffic', () => {
  const traffic = () => harness.call('storage.traffic', undefined)

  it('is counted by month of the local clock, and only the last two are stored', () => {
    harness.call('traffic.add', { sent: 5, received: 0 })
    harness.call('traffic.add', { sent: 1, received: 7 })
    const march = { sent: 6, received: 7 }
    const nothing = { sent: 0, received: 0 }
    expect(traffic()).toEqual({ thisMonth: march, lastMonth: nothing })
    harness.clock.now = new Date(2026, 3, 1).getTime()
    harness.call('traffic.add', { sent: 2, received: 0 })
    expect(traffic()).toEqual({ thisMonth: { sent: 2, received: 0 }, lastMonth: march })
    harness.clock.now = new Date(2026, 5, 1).getTime()
    expect(traffic()).toEqual({ thisMonth: nothing, lastMonth: nothing })
  })

  it('begins anew after a reset', () => {
    harness.call('traffic.add', { sent: 5, received: 5 })
    harness.call('storage.resetTraffic', undefined)
    expect(traffic().thisMonth).toEqual({ sent: 0, received: 0 })
  })
})

describe('with 10,000 files', () => {
  it('counts and lists them fast, without reading the messages of the chat', () => {
    const COUNT = 10_000
    for (let first = 0; first < COUNT; first += 1000)
      applyMessages(
        harness,
        Array.from({ length: 1000 }, (_, n) => wireMessage(first + n + 1, { body: photo(first + n) })),
      )
    harness.replica.close()
    const database = new Database(replicaFile(harness.directory, me))
    defineSearchFunctions(database)
    database.transaction(false, () => {
      for (let n = 0; n < COUNT; n += 1)
        database.run('INSERT INTO files (sha256, size, used_at) VALUES (?, ?, 0)', hash(n), n + 1)
    })
    const plans = [USAGE_SQL, CHATS_SQL.replace('?', '50'), FILES_SQL.replace('?', "'x'").replace('?', '50')]
      .flatMap((sql) => database.all(`EXPLAIN QUERY PLAN ${sql}`))
      .map(({ detail }) => String(detail))
    expect(plans.filter((plan) => / m USING (COVERING )?INDEX messages_with_file/u.test(plan))).toHaveLength(
      3,
    )
    expect(plans.filter((plan) => /^SCAN m\b/u.test(plan))).toEqual([])
    database.close()

    harness = startReplica(harness.directory)
    const began = performance.now()
    const usage = harness.call('storage.usage', undefined)
    const chats = harness.call('storage.chats', { limit: 50 })
    const files = harness.call('storage.files', { chatId, limit: 50 })
    const took = performance.now() - began
    expect(usage.photo).toEqual({ files: COUNT, size: (COUNT * (COUNT + 1)) / 2 })
    expect(usage.removable).toEqual(usage.photo)
    expect(chats.chats).toEqual([{ chatId, ...usage.photo }])
    expect(files.files.map(({ size }) => size)).toEqual(Array.from({ length: 50 }, (_, n) => COUNT - n))
    expect(took).toBeLessThan(1000)
  })
})

function staged(n: number) {
  return stagedItemSchema.parse({
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    kind: 'photo',
    sha256: hash(n),
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
}
