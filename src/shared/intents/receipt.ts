import { z } from 'zod'
import { chatIdSchema, serverTimeSchema } from '../domain/ids.ts'
import { defineLoadedIntent, independent, risingPace } from './intent.ts'

export const receiptSchema = z.strictObject({
  chatId: chatIdSchema,
  deliveredAt: serverTimeSchema.nullable(),
  readAt: serverTimeSchema.nullable(),
})

/** Sends the own watermarks of a direct chat to the other person. */
export const receipt = defineLoadedIntent('receipt', {
  payload: receiptSchema,
  lane: 'background',
  pacing: risingPace,
  dependsOn: independent,
})
