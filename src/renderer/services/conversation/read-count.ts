import type { Chat } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'

/**
 * Returns how many of the chat's messages are read when `seen` was seen: all except those that others wrote after it. Returns
 * undefined while the newest message of the chat document is missing in `messages`. `messages` must be sorted and end with the
 * newest stored message.
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
    (message) =>
      message.senderId !== me && message.body?.kind !== 'event' && compareMessages(message, seen) > 0,
  ).length
  return Math.max(0, chat.messageCount - after)
}
