import { expect, it } from 'vitest'
import { localSentAt, mayPost, type Chat } from './chat.ts'
import { ada, chatWith, emptyChat, me, personNamed } from './test-data.ts'

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

it('a person may write in a chat unless they blocked the other, have left, or only admins may', () => {
  const direct = emptyChat(ada)
  const people = (blocked: boolean) => new Map([[ada, { ...personNamed('ada'), blocked }]])
  expect(mayPost(direct, people(false), me)).toBe(true)
  expect(mayPost(direct, people(true), me)).toBe(false)
  const group = (post: 'all' | 'admins', adminIds: (typeof ada)[] = [ada], former = false): Chat =>
    emptyChat(ada, {
      kind: 'group',
      former,
      group: {
        ownerId: ada,
        adminIds,
        bannedIds: [],
        description: '',
        photo: null,
        policy: { post, edit: 'all', add: 'all' },
      },
    })
  expect(mayPost(group('all'), people(true), me)).toBe(true)
  expect(mayPost(group('admins'), people(false), me)).toBe(false)
  expect(mayPost(group('admins', [ada, me]), people(false), me)).toBe(true)
  expect(mayPost(group('all', [ada], true), people(false), me)).toBe(false)
})
