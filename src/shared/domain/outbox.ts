import { z } from 'zod'
import { ownProfileSchema, privacySchema } from './account.ts'
import { chatStateSchema } from './chat.ts'
import { chatIdSchema, serverTimeSchema, userIdSchema } from './ids.ts'
import { messageSchema } from './message.ts'
import { contactSchema } from './person.ts'

const row = { key: z.string(), version: z.number().int() }

/**
 * A chat's state as this device changed it. Without `flagsChanged` only reading went on: the flags may be old, and are not
 * written.
 */
const changedStateSchema = chatStateSchema.extend({ flagsChanged: z.boolean() })
export type ChangedState = z.infer<typeof changedStateSchema>

/**
 * One durable intent: written to the replica together with what it changes there, kept until the wire took it.
 * All but `send` coalesce: there is one row per (kind, key), and the payload is what the replica says when it is asked for.
 */
export const outboxOpSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('send'), ...row, message: messageSchema }),
  z.strictObject({ kind: z.literal('chatState'), ...row, state: changedStateSchema }),
  z.strictObject({
    kind: z.literal('receipt'),
    ...row,
    chatId: chatIdSchema,
    memberIds: z.array(userIdSchema),
    deliveredAt: serverTimeSchema.nullable(),
    readAt: serverTimeSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal('contact'), ...row, contact: contactSchema }),
  z.strictObject({ kind: z.literal('block'), ...row, userId: userIdSchema, blocked: z.boolean() }),
  z.strictObject({ kind: z.literal('profile'), ...row, profile: ownProfileSchema }),
  z.strictObject({ kind: z.literal('privacy'), ...row, privacy: privacySchema }),
])
export type OutboxOp = z.infer<typeof outboxOpSchema>
export type OutboxKind = OutboxOp['kind']

export const outboxKindSchema = z.enum({
  send: 'send',
  chatState: 'chatState',
  receipt: 'receipt',
  contact: 'contact',
  block: 'block',
  profile: 'profile',
  privacy: 'privacy',
} as const satisfies { [K in OutboxKind]: K })
