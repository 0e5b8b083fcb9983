/*
 * messages.deleted_body: the body of a message that the person has deleted here, until the server has accepted the deletion; NULL
 * otherwise. The body comes back when the server refuses.
 */
export const deletions = `
ALTER TABLE messages ADD COLUMN deleted_body TEXT;
`
