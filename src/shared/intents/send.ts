import { messageSchema } from '../messages/envelope.ts'
import { membersOfDirectChat } from '../domain/ids.ts'
import { defineLoadedIntent } from './intent.ts'

/** A message to be sent. The messages of one chat are written in their order. */
export const send = defineLoadedIntent('send', {
  payload: messageSchema,
  lane: 'prompt',
  pacing: null,
  // After unblocking someone, the rules refuse messages to them until they know of it.
  dependsOn: ({ chatId }) => membersOfDirectChat(chatId).map((key) => ({ kind: 'block', key })),
})
