import { z } from 'zod'
import { chatIdSchema, serverTimeSchema, userIdSchema } from '../domain/ids.ts'
import { defineLoadedIntent, independent, risingPace } from './intent.ts'

/** Sends the own watermarks of a chat to the other members. */
export const receipt = defineLoadedIntent('receipt', {
  payload: z.strictObject({
    chatId: chatIdSchema,
    memberIds: z.array(userIdSchema),
    deliveredAt: serverTimeSchema.nullable(),
    readAt: serverTimeSchema.nullable(),
  }),
  lane: 'background',
  pacing: risingPace,
  dependsOn: independent,
})
