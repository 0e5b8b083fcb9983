import { z } from 'zod'
import { collectionNameSchema } from '#shared/collections/index.ts'
import { intentKindSchema } from '#shared/intents/index.ts'
import { deliverySchema } from '#shared/messages/envelope.ts'

const count = z.number().int().nonnegative()

/** How much there is of everything in a replica, and nothing of what it is. */
export const replicaCountsSchema = z.strictObject({
  people: count,
  chats: z.strictObject({ direct: count, group: count, behind: count }),
  messages: z.partialRecord(deliverySchema, count),
  /** Waiting intents. */
  outbox: z.partialRecord(intentKindSchema, count),
  uploads: count,
  recordings: count,
  files: z.strictObject({ count, bytes: count }),
  /** How long ago, in s, what was read last from each list was written. */
  cursorAges: z.partialRecord(collectionNameSchema, z.number().int()),
})
