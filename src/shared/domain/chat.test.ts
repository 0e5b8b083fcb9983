import { expect, it } from 'vitest'
import { localSentAt, type Chat } from './chat.ts'
import { chatWith } from './test-data.ts'

function last(patch: Partial<NonNullable<Chat['last']>>): NonNullable<Chat['last']> {
  const { last: newest } = chatWith('ada')
  if (newest === null) throw new Error('the chat is empty')
  return { ...newest, ...patch }
}

it('converts the server time of a sent message to local time, and keeps the estimate of an unsent one', () => {
  const clock = { now: 10_000, clockOffset: -3000 }
  expect(localSentAt(last({ sentAt: 5000 }), clock)).toBe(8000)
  expect(localSentAt(last({ sentAt: 9000, delivery: 'queued' }), clock)).toBe(9000)
  expect(localSentAt(last({ sentAt: 9000, delivery: 'failed' }), clock)).toBe(9000)
  // The estimate was raised to the time of the message before it. The server's clock is ahead.
  const ahead = { now: 10_000, clockOffset: 3000 }
  expect(localSentAt(last({ sentAt: 13_000, delivery: 'queued' }), ahead)).toBe(10_000)
})
