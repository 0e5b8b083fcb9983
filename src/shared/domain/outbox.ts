import { z } from 'zod'
import { chatStateSchema } from './chat.ts'
import { chatIdSchema, serverTimeSchema, userIdSchema } from './ids.ts'
import { messageSchema } from './message.ts'
import { ABOUT_LIMIT, contactSchema, NAME_LIMIT } from './person.ts'

/** Who may see when this person is online and was last seen. */
export const privacySchema = z.strictObject({ lastSeen: z.enum(['everyone', 'nobody']) })
export type Privacy = z.infer<typeof privacySchema>

export const ownProfileSchema = z.strictObject({
  displayName: z.string().min(1).max(NAME_LIMIT),
  about: z.string().max(ABOUT_LIMIT),
})
export type OwnProfile = z.infer<typeof ownProfileSchema>

/** A chat's state as this device changed it. Without `flagsChanged` only reading went on: the flags may be old, and are not written. */
const changedStateSchema = chatStateSchema.extend({ flagsChanged: z.boolean() })
export type ChangedState = z.infer<typeof changedStateSchema>

/**
 * One durable intent: written to the replica together with its optimistic effect, kept until the wire took it.
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
    state: changedStateSchema,
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
