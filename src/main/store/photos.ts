import { samePhoto, type Photo } from '#shared/domain/photo.ts'
import type { Place } from '#shared/domain/place.ts'
import { readBody, type MessageBody } from '#shared/messages/body.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import { loadAccount } from './account.ts'
import type { Context, Writing } from './context.ts'
import { readBodyColumn } from './messages-read.ts'
import { enqueueStored } from './outbox-rows.ts'

/*
 * A new photo is a new object, and the object of the photo before it is deleted from Storage. Only the person who uploaded it may do
 * that. Before anything is deleted, the outbox asks the server whether the object is still the photo.
 */

/** Queues the deletion of the own photo that the replica has, because `next` takes its place. */
export function releaseOwnPhoto(context: Writing, next: Photo | null): void {
  releasePhoto(context, { userId: context.me }, loadAccount(context).photo, next)
}

/** The same for a photo that another device has set while a newer one waits here. */
export function releaseOverwrittenPhoto(context: Writing, old: Photo | null): void {
  releasePhoto(context, { userId: context.me }, old, loadAccount(context).photo)
}

/** The same for a group of which an event has arrived, if the event changes its photo and this person had set the one before. */
export function releaseGroupPhoto(context: Writing, message: WireMessage): void {
  const next = photoOf(message.body === null ? null : readBody(message.body))
  if (next === undefined) return
  releasePhoto(context, { chatId: message.chatId }, ownPhotoBefore(context, message), next)
}

function releasePhoto(context: Writing, place: Place, old: Photo | null, next: Photo | null): void {
  if (old === null || samePhoto(old, next)) return
  enqueueStored(context, { kind: 'deleteObject', payload: { ...place, object: old.object } })
}

/** The photo that the event before this one set, if it is of this person. The order of the events is that of the server. */
function ownPhotoBefore(context: Context, { chatId, id, sentAt, seq }: WireMessage): Photo | null {
  const row = context.db.get(
    `SELECT sender_id AS senderId, body FROM messages
     WHERE chat_id = ? AND (sort_at, seq, id) < (?, ?, ?) AND instr(body, '"event":"photo"') > 0
     ORDER BY sort_at DESC, seq DESC, id DESC LIMIT 1`,
    chatId,
    sentAt,
    seq,
    id,
  )
  return row?.['senderId'] === context.me ? (photoOf(readBodyColumn(row['body'])) ?? null) : null
}

/** Undefined: this message does not change the photo. */
function photoOf(body: MessageBody | null): Photo | null | undefined {
  return body?.kind === 'event' && body.event === 'photo' ? body.photo : undefined
}
