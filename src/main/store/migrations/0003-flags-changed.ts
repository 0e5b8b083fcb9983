/* flags_changed: 1 while flags that were changed here are not on the wire yet. Meanwhile the wire's flags are ignored. */
export const flagsChanged = `
ALTER TABLE chat_states ADD COLUMN flags_changed INTEGER NOT NULL DEFAULT 0;
UPDATE chat_states SET flags_changed = 1 WHERE chat_id IN (SELECT chat_id FROM outbox WHERE kind = 'chatState');
`
