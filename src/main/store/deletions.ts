import { userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { IntentPayload } from '#shared/intents/index.ts'
import { rawBodySchema, type RawBody } from '#shared/messages/body.ts'
import type { Context, Writing } from './context.ts'
import { removeUnsent } from './intents/send.ts'
import { isUploading, releaseFile } from './media.ts'
import { loadMessage, readBodyColumn } from './messages-read.ts'
import { fileOf, mentionsMe } from './messages-write.ts'

type Named = IntentPayload<'deleteMessage'>

/**
 * Deletes a message here. Returns true when it must be deleted on the wire too: one that never got there is just discarded. Its body
 * is kept until the server has accepted the deletion.
 */
export function deleteHere(context: Writing, { chatId, id }: Named): boolean {
  const message = loadMessage(context, chatId, id)
  if (message === undefined || message.body === null || message.body.kind === 'event') return false
  if (message.delivery === 'failed' || isUploading(context, message)) {
    removeUnsent(context, chatId, id)
    return false
  }
  watch(context, { chatId, id })
  context.db.run(
    `UPDATE messages SET deleted_body = body, body = NULL, file_sha256 = NULL, mentions_me = 0, deleted_at = ?, failure = NULL
     WHERE chat_id = ? AND id = ?`,
    context.now(),
    chatId,
    id,
  )
  return true
}

/** The server has accepted the deletion. */
export function confirmDeletion(context: Writing, { chatId, id }: Named): void {
  const deleted = loadDeleted(context, { chatId, id })
  if (deleted === undefined) return
  context.db.run('UPDATE messages SET deleted_body = NULL WHERE chat_id = ? AND id = ?', chatId, id)
  releaseFile(context, { chatId, senderId: deleted.senderId }, readBodyColumn(deleted.body))
}

/** The server has refused the deletion: the message comes back, and says so. */
export function restoreMessage(context: Writing, { chatId, id }: Named): void {
  const deleted = loadDeleted(context, { chatId, id })
  if (deleted === undefined) return
  watch(context, { chatId, id })
  const content = { ...deleted, deletedAt: null }
  context.db.run(
    `UPDATE messages SET body = deleted_body, deleted_body = NULL, file_sha256 = ?, mentions_me = ?, deleted_at = NULL,
       failure = 'denied' WHERE chat_id = ? AND id = ?`,
    fileOf(content),
    mentionsMe(context, content),
    chatId,
    id,
  )
}

function watch({ changes }: Writing, { chatId, id }: Named): void {
  changes.chats.watch(chatId)
  changes.messages.watch(chatId, id)
}

/** Undefined: the message is gone, or the wire has already delivered its deletion. */
function loadDeleted(
  context: Context,
  { chatId, id }: Named,
): { senderId: UserId; body: RawBody } | undefined {
  const row = context.db.get(
    `SELECT sender_id AS senderId, deleted_body AS body FROM messages
     WHERE chat_id = ? AND id = ? AND deleted_body IS NOT NULL`,
    chatId,
    id,
  )
  if (row === undefined) return undefined
  return { senderId: userIdSchema.parse(row['senderId']), body: rawBodySchema.parse(row['body']) }
}
