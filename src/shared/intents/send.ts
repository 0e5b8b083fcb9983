import { attachmentOf } from '../messages/body.ts'
import { messageSchema } from '../messages/envelope.ts'
import { membersOfDirectChat } from '../domain/ids.ts'
import { defineLoadedIntent } from './intent.ts'

/** Sends a message. The messages of one chat are written in their order; those with a file have an order of their own. */
export const send = defineLoadedIntent('send', {
  payload: messageSchema,
  lane: 'prompt',
  pacing: null,
  dependsOn({ chatId, body }) {
    const file = attachmentOf(body)
    // While the wire still has the peer as blocked, the rules deny messages to them. So a waiting unblock is written first.
    const unblocked = membersOfDirectChat(chatId).map((key) => ({ kind: 'block', key }))
    return file === null ? unblocked : [...unblocked, { kind: 'upload', key: file.object }]
  },
})
