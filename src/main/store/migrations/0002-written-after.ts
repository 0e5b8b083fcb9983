/*
 * written_after: for a message queued here, the time of the newest message that was stored at that moment. The person had read
 * up to there when they wrote the message, however long it waits.
 */
export const writtenAfter = `
ALTER TABLE messages ADD COLUMN written_after INTEGER;
`
