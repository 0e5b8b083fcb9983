import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userIdSchema, type UserId } from './ids.ts'
import {
  addedAt,
  deliveryState,
  memberReceipt,
  mergeActivity,
  progressOf,
  receiptMembers,
  typingUntil,
  watermarksOf,
  type Activity,
} from './receipts.ts'
import { activity, ada, me, message } from './test-data.ts'

describe('deliveryState', () => {
  const sent = { delivery: 'sent', sentAt: 5 } as const

  it('uses the watermarks of the others once the server has the message', () => {
    expect(deliveryState(sent, [activity(ada, { deliveredAt: 4 })])).toBe('sent')
    expect(deliveryState(sent, [activity(ada, { deliveredAt: 5 })])).toBe('delivered')
    expect(deliveryState(sent, [activity(ada, { deliveredAt: 5, readAt: 5 })])).toBe('read')
    // A member who has read the message has also received it, even without deliveredAt.
    expect(deliveryState(sent, [activity(ada, { readAt: 5 }), activity(ada, { deliveredAt: 5 })])).toBe(
      'delivered',
    )
  })

  it('returns `sent` until all others have received the message', () => {
    expect(deliveryState(sent, [activity(ada, { readAt: 9 }), activity(ada, { readAt: 4 })])).toBe('sent')
    expect(deliveryState(sent, [])).toBe('sent')
  })

  it('uses only local knowledge until the server has the message', () => {
    const reached = [activity(ada, { deliveredAt: 9, readAt: 9 })]
    expect(deliveryState({ delivery: 'queued', sentAt: null }, reached)).toBe('sending')
    expect(deliveryState({ delivery: 'failed', sentAt: null }, reached)).toBe('failed')
  })
})

describe('mergeActivity', () => {
  const earlier = activity(ada, { deliveredAt: 3, readAt: 2, typingUntil: 20, updatedAt: 10 })
  const later = activity(ada, { deliveredAt: 1, readAt: 4, updatedAt: 11 })

  it('gives the same result in any order: watermarks only grow, typing comes from the newer state', () => {
    const merged = activity(ada, { deliveredAt: 3, readAt: 4, typingUntil: null, updatedAt: 11 })
    expect(mergeActivity(earlier, later)).toEqual(merged)
    expect(mergeActivity(later, earlier)).toEqual(merged)
    expect(mergeActivity(undefined, later)).toEqual(later)
  })
})

describe('typingUntil', () => {
  const ben = userIdSchema.parse('ben')

  it('returns the time of each member who is typing, in the order of the members', () => {
    const types = [
      activity(me, { typingUntil: 900 }),
      activity(ben, { typingUntil: 7 }),
      activity(ada, { typingUntil: 5 }),
    ]
    expect([...typingUntil([ada, ben], types, [])]).toEqual([
      [ada, 5],
      [ben, 7],
    ])
    expect([...typingUntil([ada, ben], [activity(ada)], [])]).toEqual([])
  })

  it('ignores a member who has sent a message since', () => {
    const types = [activity(ada, { typingUntil: 50, updatedAt: 10 })]
    const isTyping = (...recent: { senderId: UserId; sentAt: number | null }[]): boolean =>
      typingUntil([ada], types, recent).has(ada)
    expect(isTyping({ senderId: ada, sentAt: 9 })).toBe(true)
    expect(isTyping({ senderId: me, sentAt: 11 })).toBe(true)
    expect(isTyping({ senderId: me, sentAt: null })).toBe(true)
    expect(isTyping({ senderId: ada, sentAt: 10 })).toBe(false)
    // A later message of someone else does not bring the typing back.
    expect(isTyping({ senderId: ada, sentAt: 10 }, { senderId: me, sentAt: 11 })).toBe(false)
  })
})

describe('receiptMembers', () => {
  const ben = userIdSchema.parse('ben')
  const people = new Map([
    [ada, { blocked: true }],
    [ben, { blocked: false }],
  ])

  it('leaves blocked people of a group out, and oneself', () => {
    const memberIds = [me, ada, ben]
    expect(receiptMembers({ kind: 'group', memberIds }, people, me)).toEqual([ben])
    expect(receiptMembers({ kind: 'direct', memberIds: [me, ada] }, people, me)).toEqual([ada])
  })

  it('is empty in a group that is too large', () => {
    const crowd = (size: number): UserId[] => [
      me,
      ...Array.from({ length: size - 1 }, (_, index) => userIdSchema.parse(`p${String(index)}`)),
    ]
    expect(receiptMembers({ kind: 'group', memberIds: crowd(64) }, people, me)).toHaveLength(63)
    expect(receiptMembers({ kind: 'group', memberIds: crowd(65) }, people, me)).toEqual([])
  })
})

it('addedAt returns when each person was last added', () => {
  const ben = userIdSchema.parse('ben')
  const added = (n: number, uids: UserId[]) =>
    message(n, me, { body: { kind: 'event', event: 'added', uids } })
  const history = [added(1, [ada, ben]), message(2, ada), added(3, [ada])]
  expect([...addedAt(history)]).toEqual([
    [ada, 3000],
    [ben, 1000],
  ])
})

describe('memberReceipt', () => {
  it('knows the time only while the message is the newest that the member has received or read', () => {
    const read = (at: number) =>
      memberReceipt(5, activity(ada, { deliveredAt: 5, readAt: at, updatedAt: 20 }))
    expect(read(5)).toEqual({ progress: 'read', at: 20 })
    expect(read(6)).toEqual({ progress: 'read', at: null })
    expect(read(4)).toEqual({ progress: 'delivered', at: 20 })
    expect(memberReceipt(5, activity(ada, { deliveredAt: 9, updatedAt: 20 }))).toEqual({
      progress: 'delivered',
      at: null,
    })
    expect(memberReceipt(5, activity(ada, { updatedAt: 20 }))).toEqual({ progress: 'sent', at: null })
    expect(memberReceipt(5, undefined)).toEqual({ progress: 'sent', at: null })
  })
})

describe('the tick among many members', () => {
  const time = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null })
  const members = fc.array(fc.record({ deliveredAt: time, readAt: time }), { minLength: 1, maxLength: 63 })
  const order = ['sent', 'delivered', 'read']

  it('is the state of the member who is least far', () => {
    fc.assert(
      fc.property(members, fc.integer({ min: 0, max: 20 }), (others, sentAt) => {
        const states = others.map((other) => order.indexOf(progressOf(sentAt, other)))
        expect(deliveryState({ delivery: 'sent', sentAt }, others)).toBe(order[Math.min(...states)])
      }),
    )
  })

  it('never goes back, in whatever order the activities arrive', () => {
    const one = fc.record({
      who: fc.integer({ min: 0, max: 5 }),
      deliveredAt: time,
      readAt: time,
      updatedAt: fc.integer({ min: 0, max: 20 }),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (arriving) => {
        const ids = [0, 1, 2, 3, 4, 5].map((who) => userIdSchema.parse(`p${String(who)}`))
        const known = new Map<UserId, Activity>()
        let before = 0
        for (const { who, ...patch } of arriving) {
          const id = ids[who] ?? ada
          known.set(id, mergeActivity(known.get(id), activity(id, patch)))
          const state = deliveryState(
            { delivery: 'sent', sentAt: 10 },
            watermarksOf(ids, [...known.values()]),
          )
          expect(order.indexOf(state)).toBeGreaterThanOrEqual(before)
          before = order.indexOf(state)
        }
      }),
    )
  })
})
