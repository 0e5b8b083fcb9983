/*
 * messages.content: which part of the chat's media lists the message (replica.media); null: none. Only a message with the scheme of a
 * link in its body can contain one.
 */
export const contents = `
ALTER TABLE messages ADD COLUMN content TEXT GENERATED ALWAYS AS (
  CASE WHEN json_valid(body) THEN CASE body ->> '$.kind'
    WHEN 'photo' THEN 'media'
    WHEN 'video' THEN 'media'
    WHEN 'voice' THEN 'voice'
    WHEN 'file' THEN 'files'
    WHEN 'text' THEN iif(instr(body, '://') > 0, 'links', NULL)
  END END
) VIRTUAL;
CREATE INDEX messages_by_content ON messages (chat_id, content, sort_at, seq, id) WHERE content IS NOT NULL;
`
