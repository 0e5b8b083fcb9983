import { z } from 'zod'
import { ownProfileSchema, privacySchema } from './account.ts'
import { chatStateSchema } from './chat.ts'
import { chatIdSchema, serverTimeSchema, userIdSchema } from './ids.ts'
import { messageSchema } from './message.ts'
import { contactSchema } from './person.ts'

/**
 * One durable intent: written to the replica together with what it changes there, kept until the wire took it.
 * All but `send` coalesce: there is one row per (kind, key), and the payload is what the replica says when it is asked for.
 */
export const outboxOpSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('send'),
    key: z.string(),
    version: z.number().int(),
    message: messageSchema,
  }),
  z.strictObject({
    kind: z.literal('chatState'),
    key: z.string(),
    version: z.number().int(),
    state: chatStateSchema,
  }),
  z.strictObject({
    kind: z.literal('receipt'),
    key: z.string(),
    version: z.number().int(),
    chatId: chatIdSchema,
    memberIds: z.array(userIdSchema),
    deliveredAt: serverTimeSchema.nullable(),
    readAt: serverTimeSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('contact'),
    key: z.string(),
    version: z.number().int(),
    contact: contactSchema,
  }),
  z.strictObject({
    kind: z.literal('block'),
    key: z.string(),
    version: z.number().int(),
    userId: userIdSchema,
    blocked: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('profile'),
    key: z.string(),
    version: z.number().int(),
    profile: ownProfileSchema,
  }),
  z.strictObject({
    kind: z.literal('privacy'),
    key: z.string(),
    version: z.number().int(),
    privacy: privacySchema,
  }),
])
export type OutboxOp = z.infer<typeof outboxOpSchema>
export type OutboxKind = OutboxOp['kind']
