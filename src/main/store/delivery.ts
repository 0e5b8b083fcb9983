import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { Writing } from './context.ts'

export function setDelivery(
  context: Writing,
  chatId: ChatId,
  id: MessageId,
  delivery: Message['delivery'],
  failure: Message['failure'],
): void {
  context.changes.chats.watch(chatId)
  context.changes.messages.watch(chatId, id)
  context.db.run(
    'UPDATE messages SET delivery = ?, failure = ? WHERE chat_id = ? AND id = ?',
    delivery,
    failure,
    chatId,
    id,
  )
}
