import { expect, it } from 'vitest'
import { localSentAt, type Chat } from './chat.ts'
import { chatWith } from './test-data.ts'

function last(patch: Partial<NonNullable<Chat['last']>>): NonNullable<Chat['last']> {
  const { last: newest } = chatWith('ada')
  if (newest === null) throw new Error('the chat is empty')
  return { ...newest, ...patch }
}

it('turns the server time of the newest message into a local one, and leaves the estimate of one that waits', () => {
  const clock = { now: 10_000, clockOffset: -3000 }
  expect(localSentAt(last({ sentAt: 5000 }), clock)).toBe(8000)
  expect(localSentAt(last({ sentAt: 9000, delivery: 'queued' }), clock)).toBe(9000)
  expect(localSentAt(last({ sentAt: 9000, delivery: 'failed' }), clock)).toBe(9000)
  // What came before is of 13,000 by the server's clock, which is ahead.
  const ahead = { now: 10_000, clockOffset: 3000 }
  expect(localSentAt(last({ sentAt: 13_000, delivery: 'queued' }), ahead)).toBe(10_000)
})
