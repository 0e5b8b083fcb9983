import { z } from 'zod'
import { chatIdSchema, messageIdSchema, serverTimeSchema, userIdSchema } from '../domain/ids.ts'
import { bodySchema, rawBodySchema } from './body.ts'

/** The progress of an own message, as this device knows it. Delivered and read come from receipts: see receipts.ts. */
export const deliverySchema = z.enum(['queued', 'failed', 'sent'])

/**
 * Why a message could not be sent or deleted. The server refused it: no permission to write there (`denied`), or it is malformed
 * (`invalid`). `lost`: its file was not on this machine any more when it was to be uploaded.
 */
export const failureSchema = z.enum(['denied', 'invalid', 'lost'])

/**
 * A message as the UI shows it.
 * `sentAt` is null until the server has set it. A message without `sentAt` sorts after all others.
 * `body` is null when the message was deleted (`deletedAt` is set).
 */
export const messageSchema = z.strictObject({
  id: messageIdSchema,
  chatId: chatIdSchema,
  senderId: userIdSchema,
  sentAt: serverTimeSchema.nullable(),
  /** Breaks ties among one sender's messages; strictly increasing on a device. */
  seq: z.number().int().nonnegative(),
  updatedAt: serverTimeSchema.nullable(),
  body: bodySchema.nullable(),
  /** When the sender last changed the text; null: never. */
  editedAt: serverTimeSchema.nullable(),
  deletedAt: serverTimeSchema.nullable(),
  delivery: deliverySchema,
  /** Why the last attempt failed: to send it when `delivery` is `failed`, else to delete it for everyone. */
  failure: failureSchema.nullable(),
  /** This person has listened to it, on this device. Only for voice notes of others. */
  heard: z.boolean(),
})
export type Message = z.infer<typeof messageSchema>

/** A message as the wire delivered it: the server has set its times, and its body is not parsed yet. */
export const wireMessageSchema = messageSchema.omit({ delivery: true, failure: true, heard: true }).extend({
  sentAt: serverTimeSchema,
  updatedAt: serverTimeSchema,
  body: rawBodySchema.nullable(),
})
export type WireMessage = z.infer<typeof wireMessageSchema>

/** The place of a message in its chat's order: where a page starts or ends. */
export const positionSchema = messageSchema.pick({ sentAt: true, seq: true, id: true })
export type Position = z.infer<typeof positionSchema>

export function positionOf({ sentAt, seq, id }: Position): Position {
  return { sentAt, seq, id }
}

/** Replaces a missing `sentAt` when sorting, so that the message comes after all others. */
export const UNSENT = Number.MAX_SAFE_INTEGER

/** The order of a conversation. It is total. It is the same on every device, because every device knows the compared values. */
export function compareMessages(a: Position, b: Position): number {
  const byTime = (a.sentAt ?? UNSENT) - (b.sentAt ?? UNSENT)
  return byTime || a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
