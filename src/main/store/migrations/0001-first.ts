/* A released migration never changes: add a new one. */

export const first = `
CREATE TABLE owner (
  user_id TEXT NOT NULL,
  profile TEXT,
  privacy TEXT
) STRICT;

CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  display_name TEXT NOT NULL DEFAULT '',
  about TEXT NOT NULL DEFAULT '',
  profile_updated_at INTEGER NOT NULL DEFAULT 0,
  profile_fetched_at INTEGER NOT NULL DEFAULT 0,
  contact_name TEXT NOT NULL DEFAULT '',
  phone TEXT,
  blocked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- last: the wire's summary, JSON.
-- mark, synced_count: see replica.chatSync.
-- own_at: time of the newest own message that countOwnMessage has not counted yet (chat-states.ts).
CREATE TABLE chats (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  member_ids TEXT NOT NULL,
  title TEXT,
  last TEXT,
  message_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  on_wire INTEGER NOT NULL,
  draft TEXT NOT NULL DEFAULT '',
  mark INTEGER NOT NULL DEFAULT 0,
  synced_count INTEGER NOT NULL DEFAULT 0,
  history_complete INTEGER NOT NULL DEFAULT 0,
  own_at INTEGER
) STRICT, WITHOUT ROWID;

-- Rows of the next two tables may arrive before their chat, and are not fetched again: no foreign key.
CREATE TABLE chat_states (
  chat_id TEXT PRIMARY KEY,
  read_count INTEGER NOT NULL DEFAULT 0,
  read_at INTEGER,
  pinned INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0,
  muted_until INTEGER,
  marked_unread INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE activities (
  chat_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  delivered_at INTEGER,
  read_at INTEGER,
  typing_until INTEGER,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (chat_id, user_id)
) STRICT, WITHOUT ROWID;

-- An id is unique in its chat only: a member of one chat must not be able to change a message of another chat by reusing its id.
-- sort_at: the time that compareMessages uses; the number is UNSENT.
-- queued_at: local time of sending, the estimate until sent_at is known.
-- search_key: unique, and grows with time, so that a search reads the newest first without sorting.
CREATE TABLE messages (
  row INTEGER PRIMARY KEY,
  chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  sent_at INTEGER,
  queued_at INTEGER,
  seq INTEGER NOT NULL,
  updated_at INTEGER,
  body TEXT,
  deleted_at INTEGER,
  delivery TEXT NOT NULL,
  failure TEXT,
  sort_at INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(sent_at, 9007199254740991)) VIRTUAL,
  search_key INTEGER NOT NULL GENERATED ALWAYS AS ((coalesce(sent_at, queued_at, 0) << 20) | (row & 1048575)) VIRTUAL,
  text TEXT GENERATED ALWAYS AS (CASE body ->> '$.kind' WHEN 'text' THEN body ->> '$.text' END) VIRTUAL,
  UNIQUE (chat_id, id)
) STRICT;
CREATE INDEX messages_in_order ON messages (chat_id, sort_at, seq, id);
CREATE INDEX messages_by_search_key ON messages (search_key);

-- Stores only the word index, no copy of the text. The prefix indexes make a search for one or two letters as fast as for a word.
CREATE VIRTUAL TABLE message_words USING fts5 (
  text, content = '', contentless_delete = 1, prefix = '1 2', tokenize = 'unicode61 remove_diacritics 2'
);
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

-- position is also the version: an intent that changes is a new row at the end.
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  chat_id TEXT REFERENCES chats (id) ON DELETE CASCADE,
  UNIQUE (kind, key)
) STRICT;
CREATE INDEX outbox_by_chat ON outbox (chat_id);
`
