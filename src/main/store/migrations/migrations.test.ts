import { readdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { newGroup } from '#shared/domain/group.ts'
import type { Intent } from '#shared/intents/index.ts'
import { bodySchema } from '#shared/messages/body.ts'
import { Database } from '../database.ts'
import { replicaFile } from '../files.ts'
import {
  applyMessages,
  chatId,
  chatSync,
  idOf,
  me,
  newestMessages,
  peer,
  queuedMessage,
  startReplica,
  temporaryDirectory,
  wireChat,
  wireMessage,
  type Harness,
} from '../fixtures/harness.ts'
import type * as kindsIndex from '#shared/messages/kinds/index.ts'
import { defineSearchFunctions } from '../search.ts'
import { migrations } from './index.ts'

/* Opens replicas that an older version of the app wrote. */

let directory: string
let harness: Harness | undefined

beforeEach(() => {
  directory = temporaryDirectory()
})
afterEach(() => {
  harness?.replica.close()
  harness = undefined
  vi.doUnmock('#shared/messages/kinds/index.ts')
  vi.resetModules()
  rmSync(directory, { recursive: true })
})

/** Creates a replica file with the first `count` migrations, then runs the script. */
function writeOldReplica(count: number, script: string): void {
  const database = new Database(replicaFile(directory, me))
  defineSearchFunctions(database)
  for (const migration of migrations.slice(0, count)) database.execute(migration)
  database.execute(
    `PRAGMA user_version = ${String(count)}; INSERT INTO owner (user_id) VALUES ('me'); ${script}`,
  )
  database.close()
}

it('has one file per migration, in the order of their numbers', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d{4}-.*\.ts$/u.test(name))
  const numbers = files.map((name) => Number(name.slice(0, 4)))
  expect(numbers).toEqual(migrations.map((_, index) => index + 1))
})

it('stores raw bodies instead of parsed ones, and moves the cursor back to fetch dropped bodies again', () => {
  writeOldReplica(
    3,
    `
    UPDATE owner SET profile = '{"displayName":"Me","about":""}', privacy = '{"lastSeen":"nobody"}';
    INSERT INTO marks VALUES ('chats', 5000), ('contacts', 7);
    INSERT INTO people (id, contact_name, blocked) VALUES ('peer', 'P', 1);
    INSERT INTO chats (id, kind, member_ids, last, message_count, created_at, updated_at, on_wire, mark, history_complete)
      VALUES ('${chatId}', 'direct', '["me","peer"]', '{"id":"${idOf(9)}","senderId":"peer","kind":"poll","preview":"","sentAt":9000}',
        9, 1, 9000, 1, 9000, 1);
    INSERT INTO messages (chat_id, id, sender_id, sent_at, seq, updated_at, body, delivery) VALUES
      ('${chatId}', '${idOf(1)}', 'peer', 1000, 1, 1000, '{"kind":"text","text":"first words"}', 'sent'),
      ('${chatId}', '${idOf(4)}', 'peer', 4000, 4, 4000, '{"kind":"unknown","of":"poll"}', 'sent');
    INSERT INTO outbox (kind, key) VALUES ('contact', 'peer'), ('block', 'peer'), ('profile', ''), ('privacy', '');
    `,
  )
  harness = startReplica(directory)
  expect(harness.replica.open(me).setAside).toBeNull()
  expect(harness.call('replica.syncCursors', undefined)).toEqual({ chats: 5000, contacts: 7 })
  expect(chatSync(harness).cursor).toBe(3999)
  expect(newestMessages(harness).map(({ body }) => body)).toEqual([
    { kind: 'text', text: 'first words' },
    { kind: 'unknown', of: 'poll' },
  ])
  expect(harness.call('replica.chats', undefined)[0]?.last?.body).toEqual({ kind: 'unknown', of: 'poll' })
  expect(harness.call('replica.search', { text: 'words', chatId: null, limit: 9 })).toHaveLength(1)
  expect(harness.call('outbox.pending', undefined)).toMatchObject([
    { kind: 'contact', payload: { id: peer, name: 'P', phone: null } },
    { kind: 'block', payload: { userId: peer, blocked: true } },
    { kind: 'profile', payload: { displayName: 'Me' } },
    { kind: 'privacy', payload: { lastSeen: 'nobody', groups: 'everyone' } },
  ] satisfies { kind: Intent['kind']; payload: object }[])
})

it('gives groups no photo, and stored privacy the choice who sees the own one', () => {
  const groupId = 'Group000000000000001'
  const { photo: _, ...fields } = newGroup(me)
  writeOldReplica(
    8,
    `
    UPDATE owner SET profile = '{"displayName":"Me","about":""}', privacy = '{"lastSeen":"nobody","groups":"contacts"}';
    INSERT INTO people (id, display_name) VALUES ('peer', 'Pia');
    INSERT INTO chats (id, kind, member_ids, title, group_fields, message_count, created_at, updated_at, on_wire) VALUES
      ('${groupId}', 'group', '["me","peer"]', 'Garden', '${JSON.stringify(fields)}', 0, 1, 1, 1),
      ('${chatId}', 'direct', '["me","peer"]', NULL, NULL, 0, 1, 1, 1);
    INSERT INTO outbox (kind, key, payload) VALUES ('privacy', '', '{"lastSeen":"nobody","groups":"contacts"}');
    `,
  )
  harness = startReplica(directory)
  expect(harness.replica.open(me).setAside).toBeNull()
  const privacy = { lastSeen: 'nobody', groups: 'contacts', photo: 'everyone' }
  expect(harness.call('replica.account', undefined)).toMatchObject({ privacy, photo: null })
  expect(harness.call('outbox.pending', undefined)).toMatchObject([{ kind: 'privacy', payload: privacy }])
  expect(harness.call('replica.people', undefined)).toMatchObject([{ displayName: 'Pia', photo: null }])
  const chats = harness.call('replica.chats', undefined)
  const groupOf = (kind: 'group' | 'direct') => chats.find((chat) => chat.kind === kind)?.group
  expect(groupOf('group')).toEqual(newGroup(me))
  expect(groupOf('direct')).toBeNull()
})

it('finds the files of messages that an older version has stored, and starts with none staged', () => {
  const sha256 = 'a'.repeat(64)
  const file = { object: 'b'.repeat(32), size: 5, sha256, mime: 'image/png', enc: null }
  const photo = { kind: 'photo', file, width: 1, height: 1, hash: '' }
  const row = (n: number, body: string): string =>
    `('${chatId}', '${idOf(n)}', 'me', ${String(n)}000, ${String(n)}, ${String(n)}000, '${body}', 'sent')`
  writeOldReplica(
    7,
    `
    INSERT INTO chats (id, kind, member_ids, message_count, created_at, updated_at, on_wire)
      VALUES ('${chatId}', 'direct', '["me","peer"]', 3, 1, 3000, 1);
    INSERT INTO messages (chat_id, id, sender_id, sent_at, seq, updated_at, body, delivery) VALUES
      ${row(1, JSON.stringify(photo))}, ${row(2, '{"file":{"sha256":5}}')}, ${row(3, 'not JSON "sha256"')};
    `,
  )
  harness = startReplica(directory)
  expect(harness.call('replica.chats', undefined)[0]?.staged).toEqual([])
  const body = { ...photo, file: { ...file, object: 'c'.repeat(32) } }
  harness.call('replica.send', queuedMessage(4, { body: bodySchema.parse(body) }))
  expect(newestMessages(harness).at(-1)?.body).toEqual(photo)
})

it('reads and finds messages of a kind that was unknown when they were stored, without a migration', async () => {
  harness = startReplica(directory)
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
  applyMessages(harness, [
    wireMessage(1, { body: { kind: 'poll', question: 'Where shall we meet?' } }),
    wireMessage(2, { body: { kind: 'text', text: 'meet me' } }),
  ])
  expect(newestMessages(harness)[0]?.body).toEqual({ kind: 'unknown', of: 'poll' })
  const found = (): string[] =>
    harness?.call('replica.search', { text: 'meet', chatId: null, limit: 9 }).map(({ id }) => id) ?? []
  expect(found()).toEqual([idOf(2)])
  harness.replica.close()

  // A newer version with one more kind in its registry.
  vi.resetModules()
  vi.doMock('#shared/messages/kinds/index.ts', async (original) => {
    const index = await original<typeof kindsIndex>()
    const schema = z.strictObject({ kind: z.literal('poll'), question: z.string() })
    const questionOf = ({ question }: z.infer<typeof schema>): string => question
    const describe = (body: z.infer<typeof schema>) => ({ text: body.question })
    const summarize = (body: z.infer<typeof schema>) => body
    const poll = {
      schema,
      reader: schema,
      describe,
      summarize,
      mentions: () => [],
      attachment: () => null,
      searchText: questionOf,
      copyText: questionOf,
      draftText: () => null,
    }
    return {
      ...index,
      kindNames: [...index.kindNames, 'poll'],
      isMessageKind: (name: string) => name === 'poll' || index.isMessageKind(name),
      definitionOf: (name: string) => (index.isMessageKind(name) ? index.definitionOf(name) : poll),
    }
  })
  const newer = await import('../fixtures/harness.ts')
  harness = newer.startReplica(directory)
  expect(newestMessages(harness)[0]?.body).toEqual({ kind: 'poll', question: 'Where shall we meet?' })
  expect(found()).toEqual([idOf(2), idOf(1)])
  harness.apply({ collection: 'chats', items: [wireChat({ messageCount: 3, updatedAt: 3 })], cursor: 3 })
  applyMessages(harness, [wireMessage(1, { body: null, deletedAt: 9000, updatedAt: 9000 })])
  expect(found()).toEqual([idOf(2)])
})
