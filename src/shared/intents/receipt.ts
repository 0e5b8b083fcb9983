import { z } from 'zod'
import { chatIdSchema, serverTimeSchema, userIdSchema } from '../domain/ids.ts'
import { defineLoadedIntent, independent, risingPace } from './intent.ts'

/** The own watermarks in a chat, for the other members. */
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
