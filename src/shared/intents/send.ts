import { attachmentOf } from '../messages/body.ts'
import { messageSchema } from '../messages/envelope.ts'
import { unblockingIn } from './block.ts'
import { defineLoadedIntent } from './intent.ts'

/** Sends a message. The messages of one chat are written in their order; those with a file have an order of their own. */
export const send = defineLoadedIntent('send', {
  payload: messageSchema,
  lane: 'prompt',
  pacing: null,
  dependsOn({ chatId, body }) {
    const file = attachmentOf(body)
    const uploaded = file === null ? [] : [{ kind: 'upload', key: file.object }]
    return [...unblockingIn(chatId), ...uploaded]
  },
})
