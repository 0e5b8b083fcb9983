import { describe, expect, it } from 'vitest'
import type { Chat } from '#shared/domain/chat.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { ada, me, message as someMessage, queued } from '#shared/domain/test-data.ts'
import { readCountAt } from './read-count.ts'

const message = (n: number, changes: Partial<Message> = {}): Message => someMessage(n, ada, changes)

function chatWith(messageCount: number, last: Message): Pick<Chat, 'last' | 'messageCount'> {
  const { id, sentAt, delivery } = last
  return {
    messageCount,
    last: { id, senderId: ada, body: last.body, sentAt: sentAt ?? 0, delivery },
  }
}

const messages = [message(1), message(2), message(3)]

describe('readCountAt', () => {
  it('returns the message count minus the messages after the seen one', () => {
    expect(readCountAt(chatWith(53, message(3)), messages, message(3), me)).toBe(53)
    expect(readCountAt(chatWith(53, message(3)), messages, message(1), me)).toBe(51)
  })

  it('returns undefined while the chat document is ahead of the messages', () => {
    expect(readCountAt(chatWith(54, message(4)), messages, message(3), me)).toBeUndefined()
  })

  it('ignores queued messages', () => {
    const waiting = message(9, queued)
    expect(readCountAt(chatWith(53, waiting), [...messages, waiting], message(3), me)).toBe(53)
  })

  it('counts own messages after the seen one as read', () => {
    const own = message(4, { senderId: me })
    expect(readCountAt(chatWith(54, own), [...messages, own], message(3), me)).toBe(54)
    expect(readCountAt(chatWith(54, own), [...messages, own], message(2), me)).toBe(53)
  })

  it('never returns a negative number', () => {
    expect(readCountAt(chatWith(1, message(3)), messages, message(1), me)).toBe(0)
  })
})
