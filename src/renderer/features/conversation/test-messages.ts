import { chatIdSchema, messageIdSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/domain/message.ts'

export const ME = userIdSchema.parse('me')
export const ADA = userIdSchema.parse('ada')
const CHAT = chatIdSchema.parse('ada_me')

export const messageId = (number: number): Message['id'] =>
  messageIdSchema.parse(`message-${String(number).padStart(16, '0')}`)

/** A message whose id and order follow `number`; without other word it was sent at that many minutes past the epoch. */
export function message(number: number, senderId: UserId, patch: Partial<Message> = {}): Message {
  const sentAt = number * 60_000
  return {
    id: messageId(number),
    chatId: CHAT,
    senderId,
    sentAt,
    seq: number,
    updatedAt: sentAt,
    body: { kind: 'text', text: `text ${number}` },
    deletedAt: null,
    delivery: 'sent',
    failure: null,
    ...patch,
  }
}
