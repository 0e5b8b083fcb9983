import { z } from 'zod'
import { chatIdSchema } from '../domain/ids.ts'
import { sha256Schema } from '../messages/attachment.ts'
import { messageSchema } from '../messages/envelope.ts'
import { none, type MethodMap } from './contract.ts'

/* How much space the files of an account take on this machine, and how much was transferred. Sizes are in bytes. */

/** How many rows one call may ask for. */
const LIST_LIMIT = 1000

const count = z.number().int().nonnegative()
const limit = z.number().int().min(1).max(LIST_LIMIT)
const takenSchema = z.strictObject({ size: count, files: count })
const trafficSchema = z.strictObject({ sent: count, received: count })

export const storageMethods = {
  /** How much all files take. A file that several messages have counts once, as the kind of one of them. */
  'storage.usage': {
    args: none,
    result: z.strictObject({
      photo: takenSchema,
      video: takenSchema,
      voice: takenSchema,
      file: takenSchema,
      /** Files of no message, such as profile photos and what is about to be sent. */
      other: takenSchema,
      /** What `media.free` would remove now. */
      removable: takenSchema,
    }),
  },
  /** The chats with files on this machine, the largest first. A file counts in each chat that has it. */
  'storage.chats': {
    args: z.strictObject({ limit }),
    result: z.strictObject({
      chats: z.array(takenSchema.extend({ chatId: chatIdSchema })),
      hasMore: z.boolean(),
    }),
  },
  /** The files of a chat on this machine, the largest first, each with the newest message that has it. */
  'storage.files': {
    args: z.strictObject({ chatId: chatIdSchema, limit }),
    result: z.strictObject({
      files: z.array(z.strictObject({ message: messageSchema, size: count, kept: z.boolean() })),
      hasMore: z.boolean(),
    }),
  },
  /** The newest message of a chat with this file; null: there is none. */
  'storage.messageOf': {
    args: z.strictObject({ chatId: chatIdSchema, sha256: sha256Schema }),
    result: messageSchema.nullable(),
  },
  /** What was transferred in this month and in the one before, by local time. */
  'storage.traffic': {
    args: none,
    result: z.strictObject({ thisMonth: trafficSchema, lastMonth: trafficSchema }),
  },
  'storage.resetTraffic': { args: none, result: none },
} as const satisfies MethodMap
