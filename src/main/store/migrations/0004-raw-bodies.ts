/*
 * Bodies are stored as the wire delivered them, and parsed on every read. The search index is filled by search_text(body), which
 * the registry of message kinds implements (store/search.ts), instead of a generated column that knew the kinds.
 * An earlier version dropped the bodies it did not know. The cursors of their chats move back, so that these bodies are fetched again.
 * outbox.payload: the payload of a stored intent; null for one whose payload is loaded from other tables.
 * owner.indexed_kinds: the message kinds that the search index knows.
 */
export const rawBodies = `
ALTER TABLE marks RENAME TO sync_cursors;
ALTER TABLE chats RENAME COLUMN mark TO sync_cursor;

UPDATE chats SET sync_cursor = min(sync_cursor, (
  SELECT min(updated_at) - 1 FROM messages WHERE chat_id = chats.id AND body ->> '$.kind' = 'unknown'
)) WHERE id IN (SELECT chat_id FROM messages WHERE body ->> '$.kind' = 'unknown');
UPDATE messages SET body = json_object('kind', body ->> '$.of') WHERE body ->> '$.kind' = 'unknown';
UPDATE chats SET last = json_object(
  'id', last ->> '$.id', 'senderId', last ->> '$.senderId', 'sentAt', last ->> '$.sentAt',
  'body', CASE last ->> '$.kind'
    WHEN 'deleted' THEN NULL
    WHEN 'text' THEN json_object('kind', 'text', 'text', iif(last ->> '$.preview' = '', ' ', last ->> '$.preview')) || ''
    ELSE json_object('kind', last ->> '$.kind') || ''
  END
) WHERE last IS NOT NULL;

DROP TRIGGER messages_inserted;
DROP TRIGGER messages_changed;
DROP TRIGGER messages_deleted;
ALTER TABLE messages DROP COLUMN text;
CREATE TRIGGER messages_inserted AFTER INSERT ON messages BEGIN
  INSERT INTO message_words (rowid, text) SELECT new.search_key, search_text(new.body) WHERE search_text(new.body) IS NOT NULL;
END;
CREATE TRIGGER messages_changed AFTER UPDATE OF body, sent_at, queued_at ON messages
WHEN old.body IS NOT new.body OR old.search_key <> new.search_key BEGIN
  DELETE FROM message_words WHERE rowid = old.search_key AND search_text(old.body) IS NOT NULL;
  INSERT INTO message_words (rowid, text) SELECT new.search_key, search_text(new.body) WHERE search_text(new.body) IS NOT NULL;
END;
CREATE TRIGGER messages_deleted AFTER DELETE ON messages WHEN search_text(old.body) IS NOT NULL BEGIN
  DELETE FROM message_words WHERE rowid = old.search_key;
END;

ALTER TABLE owner ADD COLUMN indexed_kinds TEXT NOT NULL DEFAULT '["text"]';

ALTER TABLE outbox ADD COLUMN payload TEXT;
UPDATE outbox SET payload = CASE kind
  WHEN 'contact' THEN (SELECT json_object('id', id, 'name', contact_name, 'phone', phone) FROM people WHERE id = key)
  WHEN 'block' THEN (SELECT json_object('userId', id, 'blocked', json(iif(blocked, 'true', 'false'))) FROM people WHERE id = key)
  WHEN 'profile' THEN (SELECT profile FROM owner)
  WHEN 'privacy' THEN (SELECT privacy FROM owner)
END;
`
