/*
 * chat_states.mute_mentions: 1: while the chat is muted, mentions do not notify either. sound: see ChatSound; the states of older versions
 * have neither.
 */
export const chatSounds = `
ALTER TABLE chat_states ADD COLUMN mute_mentions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat_states ADD COLUMN sound TEXT NOT NULL DEFAULT 'default';
`
