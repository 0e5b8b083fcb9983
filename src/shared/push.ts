import { z } from 'zod'
import { chatIdSchema, messageIdSchema, userIdSchema } from './domain/ids.ts'

/** The person whose device gets the push. */
const account = userIdSchema
const message = { account, chatId: chatIdSchema, messageId: messageIdSchema }

/**
 * The data of a push: ids only, never text, and every value is a string, because FCM allows nothing else. A push is a hint that
 * something has changed. What has changed is read from Firestore. Keys of later versions are ignored.
 */
export const pushSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), ...message, mentioned: z.enum(['0', '1']) }),
  /** Somebody added the person to a group; the message is the event that says so. */
  z.object({ type: z.literal('added'), ...message }),
  /** Sent by this device to itself, to find out whether pushes arrive. */
  z.object({ type: z.literal('test'), account, nonce: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }),
])
export type Push = z.infer<typeof pushSchema>
