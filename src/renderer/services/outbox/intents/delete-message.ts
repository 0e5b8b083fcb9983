import type { MessageId } from '#shared/domain/ids.ts'
import type { IntentPayload } from '#shared/intents/index.ts'
import { WireError, toWireError } from '../../../data/wire-error.ts'
import type { Outcome } from '../outcome.ts'
import { neverHeld, type IntentContext, type IntentWriter } from './intent.ts'

/** In a lively group, a message can arrive between reading the chat and writing. */
const MAX_ATTEMPTS = 3

export const deleteMessage: IntentWriter<'deleteMessage'> = {
  ...neverHeld,
  async write(context, message) {
    let newest = context.sender.newestIn(message.chatId)
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (await wasAccepted(context, message, newest)) return { outcome: 'done' }
      const refusal = await afterDenial(context, message)
      if ('outcome' in refusal) return refusal
      newest = refusal.newest
    }
    return { outcome: 'dropped' }
  },
  // `write` handles denials itself: a denied deletion may have happened already.
  onDenied: null,
}

/** False: denied. */
async function wasAccepted(
  { wire }: IntentContext,
  { chatId, id }: IntentPayload<'deleteMessage'>,
  newest: MessageId | undefined,
): Promise<boolean> {
  try {
    await wire.messages.change({ chatId, id, body: null, isNewest: id === newest })
    return true
  } catch (error) {
    if (toWireError(error).failure !== 'denied') throw error
    return false
  }
}

/**
 * An earlier attempt may have succeeded without its response reaching this device. Otherwise the chat may have another newest message
 * than this device thought: then the next attempt succeeds.
 */
async function afterDenial(
  { wire }: IntentContext,
  { chatId, id }: IntentPayload<'deleteMessage'>,
): Promise<Outcome | { newest: MessageId | undefined }> {
  try {
    const [message, chat] = await Promise.all([wire.messages.get(chatId, id), wire.chats.get(chatId)])
    if (message === undefined || chat === undefined) return { outcome: 'dropped' }
    return message.deletedAt === null ? { newest: chat.last?.id } : { outcome: 'done' }
  } catch (error) {
    // A former member of the group.
    if (error instanceof WireError && error.failure === 'denied') return { outcome: 'dropped' }
    throw error
  }
}
