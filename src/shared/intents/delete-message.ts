import { z } from 'zod'
import { chatIdSchema, messageIdSchema } from '../domain/ids.ts'
import { unblockingIn } from './block.ts'
import { defineStoredIntent } from './intent.ts'

/** Deletes a message for everyone. One that is still being sent is deleted after it has arrived. */
export const deleteMessage = defineStoredIntent('deleteMessage', {
  payload: z.strictObject({ chatId: chatIdSchema, id: messageIdSchema }),
  key: ({ chatId, id }) => `${chatId}/${id}`,
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: ({ chatId, id }) => [...unblockingIn(chatId), { kind: 'send', key: id }],
})
