import { z } from 'zod'
import { chatIdSchema } from '../domain/ids.ts'
import { objectIdSchema } from '../messages/attachment.ts'
import { defineStoredIntent, independent } from './intent.ts'

/** Deletes a file of a chat from Storage, after the own message with it was deleted. */
export const deleteObject = defineStoredIntent('deleteObject', {
  payload: z.strictObject({ chatId: chatIdSchema, object: objectIdSchema }),
  key: ({ object }) => object,
  durable: true,
  lane: 'background',
  pacing: null,
  dependsOn: independent,
})
