import { confirmDeletion, deleteHere, restoreMessage } from '../deletions.ts'
import type { IntentEffect } from './intent.ts'

/** The message disappears at once, and comes back if the server refuses. */
export const deleteMessage: IntentEffect<'deleteMessage'> = {
  apply: deleteHere,
  end(context, message, outcome) {
    if (outcome === 'done') confirmDeletion(context, message)
    else restoreMessage(context, message)
  },
}
