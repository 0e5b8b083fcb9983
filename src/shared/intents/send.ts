import { messageSchema } from '../messages/envelope.ts'
import { membersOfDirectChat } from '../domain/ids.ts'
import { defineLoadedIntent } from './intent.ts'

/** Sends a message. The messages of one chat are written in their order. */
export const send = defineLoadedIntent('send', {
  payload: messageSchema,
  lane: 'prompt',
  pacing: null,
  // While the wire still has the peer as blocked, the rules deny messages to them. So a waiting unblock is written first.
  dependsOn: ({ chatId }) => membersOfDirectChat(chatId).map((key) => ({ kind: 'block', key })),
})
