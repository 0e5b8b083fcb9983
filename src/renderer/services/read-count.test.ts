import { describe, expect, it } from 'vitest'
import type { Chat } from '#shared/domain/chat.ts'
import { chatIdSchema, messageIdSchema, userIdSchema } from '#shared/domain/ids.ts'
import type { Message } from '#shared/domain/message.ts'
import { readCountAt } from './read-count.ts'

const me = userIdSchema.parse('a')
const senderId = userIdSchema.parse('b')

function message(n: number, changes: Partial<Message> = {}): Message {
  return {
    id: messageIdSchema.parse(`message-${String(n).padStart(10, '0')}`),
    chatId: chatIdSchema.parse('a_b'),
    senderId,
    sentAt: n * 1000,
    seq: 0,
    updatedAt: n * 1000,
    body: { kind: 'text', text: String(n) },
    deletedAt: null,
    delivery: 'sent',
    failure: null,
    ...changes,
  }
}

function chatWith(messageCount: number, last: Message): Pick<Chat, 'last' | 'messageCount'> {
  const { id, sentAt, delivery } = last
  return { messageCount, last: { id, senderId, kind: 'text', preview: '', sentAt: sentAt ?? 0, delivery } }
}

const messages = [message(1), message(2), message(3)]

describe('readCountAt', () => {
  it('counts everything when the newest was seen, and less by what comes after', () => {
    expect(readCountAt(chatWith(53, message(3)), messages, message(3), me)).toBe(53)
    expect(readCountAt(chatWith(53, message(3)), messages, message(1), me)).toBe(51)
  })

  it('cannot tell while the chat is ahead of its messages', () => {
    expect(readCountAt(chatWith(54, message(4)), messages, message(3), me)).toBeUndefined()
  })

  it('does not count what waits to be sent', () => {
    const queued = message(9, { sentAt: null, delivery: 'queued' })
    expect(readCountAt(chatWith(53, queued), [...messages, queued], message(3), me)).toBe(53)
  })

  it('counts own messages that come after it as read', () => {
    const own = message(4, { senderId: me })
    expect(readCountAt(chatWith(54, own), [...messages, own], message(3), me)).toBe(54)
    expect(readCountAt(chatWith(54, own), [...messages, own], message(2), me)).toBe(53)
  })

  it('is never below nothing', () => {
    expect(readCountAt(chatWith(1, message(3)), messages, message(1), me)).toBe(0)
  })
})
