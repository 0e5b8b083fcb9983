import type { ChatId } from '#shared/domain/ids.ts'
import { newObjectId } from '#shared/messages/attachment.ts'
import { attachmentOf, forwardedBody, withObject } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { ConversationService, MediaService } from '../services.ts'

interface ForwardServices {
  conversation: Pick<ConversationService, 'forward'>
  media: () => Promise<Pick<MediaService, 'fetch'>>
}

interface ForwardOptions {
  chatIds: readonly ChatId[]
  /** False: the person has cancelled while the file was fetched. */
  isWanted: () => boolean
  /** The copy for this chat is on the disk. */
  onSent: (chatId: ChatId) => void
}

/**
 * Sends a copy of a message to other chats, in their order. Its file is fetched first, because each chat has its own objects.
 * Resolves to false if the file cannot be had. Rejects with an AppError when a copy could not be stored.
 */
export async function forwardMessage(
  { conversation, media }: ForwardServices,
  message: Message,
  { chatIds, isWanted, onSent }: ForwardOptions,
): Promise<boolean> {
  const body = forwardedBody(message.body)
  if (body === null) return false
  const file = attachmentOf(body)
  if (file !== null && !(await (await media()).fetch({ chatId: message.chatId }, file))) return false
  for (const chatId of chatIds) {
    if (!isWanted()) return false
    await conversation.forward(chatId, withObject(body, newObjectId()))
    onSent(chatId)
  }
  return true
}
