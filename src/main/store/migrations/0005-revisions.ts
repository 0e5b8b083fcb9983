/*
 * The chat's document carries its newest message whole, counts its writes and names the message of the latest one.
 * last: that message, JSON. revision, changed: see WireChat. synced_revision, needs_first_page: see replica.chatSync.
 * Documents of the former format are unreadable, so nothing that came from them is kept as the newest message.
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
