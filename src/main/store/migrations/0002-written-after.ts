/*
 * written_after: for a message queued here, the time of the newest message that was here then. That is what the person had
 * read when they wrote it, however long the message waits.
 */
export const writtenAfter = `
ALTER TABLE messages ADD COLUMN written_after INTEGER;
`
