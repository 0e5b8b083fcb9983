/*
 * The chat's document now contains the whole newest message, the number of its writes, and the id of the message written last.
 * last: the newest message, JSON. revision, changed: see WireChat. synced_revision, needs_first_page: see replica.chatSync.
 * Stored values of `last` are cleared, because they have the format of the former documents, which this version cannot read.
 */
export const revisions = `
ALTER TABLE chats ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN synced_revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN changed TEXT;
ALTER TABLE chats ADD COLUMN needs_first_page INTEGER NOT NULL DEFAULT 0;
UPDATE chats SET last = NULL, needs_first_page = on_wire AND sync_cursor = 0;
CREATE INDEX chats_behind ON chats (updated_at) WHERE revision > synced_revision;

ALTER TABLE messages ADD COLUMN edited_at INTEGER;
`
