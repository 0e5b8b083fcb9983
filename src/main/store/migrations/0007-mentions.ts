/* messages.mentions_me: 1 for a message of someone else that mentions this person or everyone. */
export const mentions = `
ALTER TABLE messages ADD COLUMN mentions_me INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_mentioning_me ON messages (chat_id, sort_at) WHERE mentions_me = 1;
`
