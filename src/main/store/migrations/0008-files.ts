/*
 * files: the files in the account's media folder. used_at: local time of the last use, in ms. kept: 1 if it is never evicted.
 * uploads: objects that are being uploaded, by the URL of their session at Storage; or that are uploaded (finished = 1) while the
 * message with them is not sent yet. chat_id: NULL for a photo of the person.
 * chats.staged: JSON of stagedSchema.
 * messages.file_sha256: the file of the message; NULL if it has none.
 */
export const files = `
CREATE TABLE files (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  kept INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_use ON files (used_at);
CREATE TABLE uploads (
  object TEXT PRIMARY KEY,
  chat_id TEXT REFERENCES chats (id) ON DELETE CASCADE,
  session TEXT,
  finished INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_by_chat ON uploads (chat_id);
ALTER TABLE chats ADD COLUMN staged TEXT NOT NULL DEFAULT '[]';
ALTER TABLE messages ADD COLUMN file_sha256 TEXT;
UPDATE messages SET file_sha256 = body ->> '$.file.sha256'
WHERE body LIKE '%"sha256"%' AND json_valid(body) AND json_type(body, '$.file.sha256') = 'text';
CREATE INDEX messages_with_file ON messages (file_sha256, chat_id) WHERE file_sha256 IS NOT NULL;
`
