import type { Chat } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'

/**
 * How many of the chat's messages are read when `seen` was seen: all but what others wrote after it. Undefined while the
 * chat knows of messages that are not among `messages` yet, for then it cannot be told. `messages` are sorted and reach up
 * to the newest that is here.
 */
export function readCountAt(
  chat: Pick<Chat, 'last' | 'messageCount'>,
  messages: readonly Message[],
  seen: Message,
  me: UserId,
): number | undefined {
  const counted = messages.filter(({ sentAt }) => sentAt !== null)
  const newest = counted.at(-1)
  const { last } = chat
  const isAhead = last?.delivery === 'sent' && (newest?.sentAt ?? 0) < last.sentAt
  if (isAhead && !messages.some(({ id }) => id === last.id)) return undefined
  const after = counted.filter(
    (message) => message.senderId !== me && compareMessages(message, seen) > 0,
  ).length
  return Math.max(0, chat.messageCount - after)
}
