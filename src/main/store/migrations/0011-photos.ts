/*
 * people.photo, owner.photo: the photo of a person and the own one (photoSchema), JSON; NULL: none.
 * Stored groups get no photo, and stored privacy the new setting with its default.
 */
export const photos = `
ALTER TABLE people ADD COLUMN photo TEXT;
ALTER TABLE owner ADD COLUMN photo TEXT;
UPDATE chats SET group_fields = json_insert(group_fields, '$.photo', NULL) WHERE group_fields IS NOT NULL;
UPDATE owner SET privacy = json_insert(privacy, '$.photo', 'everyone') WHERE privacy IS NOT NULL;
UPDATE outbox SET payload = json_insert(payload, '$.photo', 'everyone') WHERE kind = 'privacy';
`
