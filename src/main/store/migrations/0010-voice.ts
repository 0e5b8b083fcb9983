/*
 * recordings: voice notes that are not sent yet, in the parts in which they were recorded. levels: see wave.ts.
 * messages.heard: 1 for a voice note of someone else that this person has listened to.
 */
export const voice = `
CREATE TABLE recordings (
  chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  levels TEXT NOT NULL,
  PRIMARY KEY (chat_id, part)
) STRICT;
ALTER TABLE messages ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;
`
