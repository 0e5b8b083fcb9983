import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Database } from './database.ts'
import { replicaFile } from './files.ts'
import {
  applyMessages,
  chatId,
  idOf,
  me,
  newestMessages,
  otherChatId,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'

/* Migrations as the recipes in CONTRIBUTING.md ask for them, on a replica that an older version has filled. */

/** The messages of a kind that was unknown when they came are read again: here the kind is called `text`. */
const readAgain = `
UPDATE chats SET mark = min(mark, (
  SELECT min(updated_at) - 1 FROM messages WHERE chat_id = chats.id AND body ->> '$.kind' = 'unknown' AND body ->> '$.of' = 'text'
)) WHERE id IN (SELECT chat_id FROM messages WHERE body ->> '$.kind' = 'unknown' AND body ->> '$.of' = 'text');
`

/** Another kind is found by search: here `unknown`, by what it is of. */
const indexMore = `
DROP TRIGGER messages_inserted;
DROP TRIGGER messages_changed;
DROP TRIGGER messages_deleted;
ALTER TABLE messages DROP COLUMN text;
ALTER TABLE messages ADD COLUMN text TEXT GENERATED ALWAYS AS (
  CASE body ->> '$.kind' WHEN 'text' THEN body ->> '$.text' WHEN 'unknown' THEN body ->> '$.of' END
) VIRTUAL;
CREATE TRIGGER messages_inserted AFTER INSERT ON messages WHEN new.text IS NOT NULL BEGIN
  INSERT INTO message_words (rowid, text) VALUES (new.search_key, new.text);
END;
CREATE TRIGGER messages_changed AFTER UPDATE OF body, sent_at, queued_at ON messages
WHEN old.text IS NOT new.text OR old.search_key <> new.search_key BEGIN
  DELETE FROM message_words WHERE rowid = old.search_key AND old.text IS NOT NULL;
  INSERT INTO message_words (rowid, text) SELECT new.search_key, new.text WHERE new.text IS NOT NULL;
END;
CREATE TRIGGER messages_deleted AFTER DELETE ON messages WHEN old.text IS NOT NULL BEGIN
  DELETE FROM message_words WHERE rowid = old.search_key;
END;
INSERT INTO message_words (rowid, text) SELECT search_key, text FROM messages WHERE body ->> '$.kind' = 'unknown';
`

let harness: Harness

beforeEach(() => {
  harness = startReplica()
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

/** Does to the file what `openReplica` does with a migration that is new. */
function migrate(migration: string): void {
  const { directory } = harness
  harness.replica.close()
  const database = new Database(replicaFile(directory, me))
  database.transaction(true, () => database.execute(migration))
  database.close()
  harness = startReplica(directory)
}

function chatSync(id = chatId) {
  return harness.replica.call('replica.chatSync', { chatId: id })
}

it('has messages of a kind that was unknown come again, and counts and tells of none twice', () => {
  const messages = [1, 2, 3, 4].map((n) => wireMessage(n))
  const [, second, third] = messages
  const before = messages.map((message) =>
    message === second || message === third
      ? { ...message, body: { kind: 'unknown' as const, of: 'text' } }
      : message,
  )
  const chats = [wireChat({ messageCount: 4 }), wireChat({ id: otherChatId })]
  harness.replica.call('replica.applyChats', { chats, mark: 4000 })
  applyMessages(harness.replica, before, { mark: 4000, historyComplete: true })
  harness.replica.call('replica.applyMessages', {
    chatId: otherChatId,
    messages: [wireMessage(5, { chatId: otherChatId })],
    source: 'live',
    mark: 5000,
    syncedCount: null,
    historyComplete: true,
  })
  const [reached, other] = [chatSync(), chatSync(otherChatId)]
  expect(reached).toMatchObject({ mark: 4000, syncedCount: 4 })

  migrate(readAgain)
  expect(chatSync()).toEqual({ ...reached, mark: 1999 })
  expect(chatSync(otherChatId)).toEqual(other)
  migrate(readAgain)
  expect(chatSync()).toEqual({ ...reached, mark: 1999 })

  const changes = messages.filter(({ updatedAt }) => updatedAt > 1999)
  expect(applyMessages(harness.replica, changes, { mark: 4000 })).toBe(0)
  expect(harness.takeIncoming()).toEqual([])
  expect(chatSync()).toEqual(reached)
  expect(newestMessages(harness.replica)).toMatchObject(messages.map(({ id, body }) => ({ id, body })))
})

it('finds another kind by search, what was here as what comes, changes and goes', () => {
  const found = (text: string): string[] =>
    harness.replica.call('replica.search', { text, chatId: null, limit: 9 }).map(({ id }) => id)
  const unknown = (n: number, of: string) => wireMessage(n, { body: { kind: 'unknown', of } })
  harness.replica.call('replica.applyChats', { chats: [wireChat()], mark: 1 })
  applyMessages(harness.replica, [
    wireMessage(1, { body: { kind: 'text', text: 'a photo of it' } }),
    unknown(2, 'photo'),
    unknown(3, 'sticker'),
  ])
  expect(found('photo')).toEqual([idOf(1)])

  migrate(indexMore)
  expect(found('photo')).toEqual([idOf(2), idOf(1)])
  applyMessages(harness.replica, [
    unknown(4, 'photo'),
    { ...unknown(2, 'sticker'), updatedAt: 9000 },
    wireMessage(1, { body: null, deletedAt: 9000, updatedAt: 9000 }),
  ])
  expect(found('photo')).toEqual([idOf(4)])
  expect(found('sticker')).toEqual([idOf(3), idOf(2)])
})
