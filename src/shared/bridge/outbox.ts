import { z } from 'zod'
import { MAX_ADDED } from '../domain/group.ts'
import { messageIdSchema } from '../domain/ids.ts'
import { intentKindSchema, intentRequestSchema, intentSchema } from '../intents/index.ts'
import { failureSchema } from '../messages/envelope.ts'
import { event } from '../messages/kinds/event.ts'
import { none, type MethodMap } from './contract.ts'

/* The outbox of an account. */

export const outboxMethods = {
  /** Queues an intent and applies its effect to the replica, in one transaction. */
  'outbox.add': { args: intentRequestSchema, result: none },
  /** All waiting intents, oldest first, without failed messages. */
  'outbox.pending': { args: none, result: z.array(intentSchema) },
  /** How many messages are not on the wire, failed ones included: signing out would lose them. */
  'outbox.unsentCount': { args: none, result: z.number().int().nonnegative() },
  /**
   * Ends an intent after the server's response. Has no effect when the intent now has another `version`: it has changed since.
   * `done` and `dropped` remove the intent. `failed`: a message is kept until the person retries or discards it; an upload is removed,
   * and the messages with its file fail.
   */
  'outbox.acknowledge': {
    args: z.strictObject({
      kind: intentKindSchema,
      key: z.string().max(400),
      version: z.number().int(),
      outcome: z.enum(['done', 'dropped', 'failed']),
      failure: failureSchema.nullable(),
    }),
    result: none,
  },
  /**
   * Replaces a waiting event of a group: the first of `events` takes its id and its place, the others are queued. Has no effect when
   * the event is not waiting any more.
   */
  'outbox.split': {
    args: z.strictObject({
      messageId: messageIdSchema,
      events: z
        .array(event.schema)
        .min(1)
        .max(MAX_ADDED + 1),
    }),
    result: none,
  },
  'outbox.retry': { args: z.strictObject({ messageId: messageIdSchema }), result: none },
  /** Deletes a message that failed or whose file is not uploaded yet. Its text returns to the chat's draft when the draft is empty. */
  'outbox.discard': { args: z.strictObject({ messageId: messageIdSchema }), result: none },
} as const satisfies MethodMap
