import { messageSchema } from '../messages/envelope.ts'
import { membersOfDirectChat } from '../domain/ids.ts'
import { defineLoadedIntent } from './intent.ts'

/** Sends a message. The messages of one chat are written in their order. */
export const send = defineLoadedIntent('send', {
  payload: messageSchema,
  lane: 'prompt',
  pacing: null,
  // When someone is unblocked, the rules deny messages to them until that is written.
  dependsOn: ({ chatId }) => membersOfDirectChat(chatId).map((key) => ({ kind: 'block', key })),
})
