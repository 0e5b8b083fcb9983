import { chatIdSchema, messageIdSchema, type ChatId, type MessageId } from '#shared/domain/ids.ts'
import { storedDefinitionOf } from '#shared/intents/index.ts'
import { endsMembership, textOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { Context, Writing } from '../context.ts'
import { setDelivery } from '../delivery.ts'
import { forgetUpload } from '../media.ts'
import { loadMessage, loadSentBody } from '../messages-read.ts'
import { isWaiting, removeIntent } from '../outbox-rows.ts'
import type { IntentLoader } from './intent.ts'

const deletionKey = storedDefinitionOf('deleteMessage').key

/** A message to be sent. A failed message stays in the outbox until the person retries or discards it. */
export const send: IntentLoader<'send'> = {
  load(context, { key, chatId }) {
    const message = chatId === null ? undefined : loadMessage(context, chatId, messageIdSchema.parse(key))
    return message?.delivery === 'failed' ? null : message
  },
  end(context, { key, chatId }, outcome) {
    const id = messageIdSchema.parse(key)
    if (chatId === null) return
    context.changes.chats.watch(chatId)
    const body = loadMessage(context, chatId, id)?.body ?? null
    // Afterwards the wire delivers nothing of this group.
    if (endsMembership(body)) context.db.run('UPDATE chats SET former = 1 WHERE id = ?', chatId)
    if (outcome === 'dropped') {
      discardMessage(context, chatId, id)
      return
    }
    context.db.run('UPDATE chats SET on_wire = 1 WHERE id = ?', chatId)
    setDelivery(context, chatId, id, 'sent', null)
    forgetUpload(context, chatId, loadSentBody(context, chatId, id))
  },
  fail(context, { key, chatId }, failure) {
    const id = messageIdSchema.parse(key)
    if (chatId === null) return
    // The person has deleted it meanwhile.
    if (isDeleting(context, chatId, id)) removeUnsent(context, chatId, id)
    else setDelivery(context, chatId, id, 'failed', failure)
  },
}

/** Deletes a message that was never sent. A text returns to the chat's draft when the draft is empty. */
export function discardMessage(context: Writing, chatId: ChatId, id: MessageId): void {
  const text = textOf('draftText', loadMessage(context, chatId, id)?.body ?? null)
  removeUnsent(context, chatId, id)
  if (text !== null) context.db.run(`UPDATE chats SET draft = ? WHERE id = ? AND draft = ''`, text, chatId)
}

/** Deletes a message that was never sent, and stops the upload of its file. */
export function removeUnsent(context: Writing, chatId: ChatId, id: MessageId): void {
  const body = loadSentBody(context, chatId, id)
  context.changes.chats.watch(chatId)
  removeIntent(context, 'send', id)
  if (isDeleting(context, chatId, id)) {
    removeIntent(context, 'deleteMessage', deletionKey({ chatId, id }))
    context.changes.outbox = true
  }
  context.db.run('DELETE FROM messages WHERE chat_id = ? AND id = ?', chatId, id)
  context.changes.removedMessages.push({ chatId, id })
  forgetUpload(context, chatId, body)
}

function isDeleting(context: Context, chatId: ChatId, id: MessageId): boolean {
  return isWaiting(context, 'deleteMessage', deletionKey({ chatId, id }))
}

/** The message with this id if it is in the outbox, failed or not, else undefined. */
export function loadUnsent(context: Context, id: MessageId): Message | undefined {
  const row = context.db.get(`SELECT chat_id AS chatId FROM outbox WHERE kind = 'send' AND key = ?`, id)
  return row && loadMessage(context, chatIdSchema.parse(row['chatId']), id)
}

/** The message with this id if it failed, else undefined. */
export function loadFailed(context: Context, id: MessageId): Message | undefined {
  const message = loadUnsent(context, id)
  return message?.delivery === 'failed' ? message : undefined
}
