import { z } from 'zod'
import { chatIdSchema, messageIdSchema, serverTimeSchema, userIdSchema } from './ids.ts'

/** Longest text of a message, in UTF-16 code units (what `String.length` and a rule's `size()` limit agree on). */
export const TEXT_LIMIT = 4096
/** Longest preview kept in a chat's summary, in UTF-16 code units. */
export const PREVIEW_LIMIT = 120

/** What a message says. `unknown` stands for a kind that a newer app version wrote: shown as such, never dropped. */
export const bodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(TEXT_LIMIT) }),
  z.strictObject({ kind: z.literal('unknown'), of: z.string().max(32) }),
])
export type MessageBody = z.infer<typeof bodySchema>
/** The kinds that this version of the app writes and reads. */
export type MessageKind = Exclude<MessageBody['kind'], 'unknown'>

/** What this device knows of its own message's way out. Delivered and read come from receipts: see receipts.ts. */
export const deliverySchema = z.enum(['queued', 'failed', 'sent'])

/** Why the wire took no message: this person may not write there, or the message is not as it must be. */
export const failureSchema = z.enum(['denied', 'invalid'])

/**
 * A message as the replica holds it and the UI shows it.
 * `sentAt` is null until the server has given its time: such a message sorts after all that have one.
 * `body` is null when the message was deleted (`deletedAt` set).
 */
export const messageSchema = z.strictObject({
  id: messageIdSchema,
  chatId: chatIdSchema,
  senderId: userIdSchema,
  sentAt: serverTimeSchema.nullable(),
  /** Breaks ties among one sender's messages: strictly increasing on a device. */
  seq: z.number().int().nonnegative(),
  updatedAt: serverTimeSchema.nullable(),
  body: bodySchema.nullable(),
  deletedAt: serverTimeSchema.nullable(),
  delivery: deliverySchema,
  /** Why the last attempt failed, when `delivery` is `failed`. */
  failure: failureSchema.nullable(),
})
export type Message = z.infer<typeof messageSchema>

/** A message as the wire delivered it: the server has given its times. */
export const wireMessageSchema = messageSchema
  .omit({ delivery: true, failure: true })
  .extend({ sentAt: serverTimeSchema, updatedAt: serverTimeSchema })
export type WireMessage = z.infer<typeof wireMessageSchema>

/** The place of a message in its chat's order: where a page starts or ends. */
export const cursorSchema = messageSchema.pick({ sentAt: true, seq: true, id: true })
export type Cursor = z.infer<typeof cursorSchema>

export function cursorOf({ sentAt, seq, id }: Cursor): Cursor {
  return { sentAt, seq, id }
}

/** Where a message without a server time sorts: after all that have one. */
export const UNSENT = Number.MAX_SAFE_INTEGER

/** The total order of a conversation: the same on every device, for it uses only what all of them know. */
export function compareMessages(a: Cursor, b: Cursor): number {
  const byTime = (a.sentAt ?? UNSENT) - (b.sentAt ?? UNSENT)
  return byTime || a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The one-line summary for a chat list or a notification; empty for a kind that the catalogue has words for. */
export function previewOf(body: MessageBody): string {
  switch (body.kind) {
    case 'text':
      return previewOfText(body.text)
    case 'unknown':
      return ''
  }
}

/** White space folded, cut at PREVIEW_LIMIT on a whole character. */
function previewOfText(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (line.length <= PREVIEW_LIMIT) return line
  const cut = line.slice(0, PREVIEW_LIMIT - 1)
  return `${cut.replace(/[\uD800-\uDBFF]$/u, '')}…`
}
