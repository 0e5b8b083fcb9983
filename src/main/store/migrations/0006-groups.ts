/*
 * group_fields: what a group's document has beside the fields of every chat (groupSchema), JSON; NULL for a direct chat.
 * former: 1 for a group that this person is no longer a member of.
 * Stored privacy gets the new setting with its default.
 */
export const groups = `
ALTER TABLE chats ADD COLUMN group_fields TEXT;
ALTER TABLE chats ADD COLUMN former INTEGER NOT NULL DEFAULT 0;
UPDATE owner SET privacy = json_insert(privacy, '$.groups', 'everyone') WHERE privacy IS NOT NULL;
UPDATE outbox SET payload = json_insert(payload, '$.groups', 'everyone') WHERE kind = 'privacy';
`
