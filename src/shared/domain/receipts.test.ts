import { describe, expect, it } from 'vitest'
import { userIdSchema } from './ids.ts'
import { deliveryState, mergeActivity, typingUntil } from './receipts.ts'
import { activity, ada, me } from './test-data.ts'

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
  const own = activity(me, { typingUntil: 900 })

  it('returns the latest time of the others, and ignores the own time', () => {
    const ben = activity(userIdSchema.parse('ben'), { typingUntil: 7 })
    expect(typingUntil([own, activity(ada, { typingUntil: 5 })], me, null)).toBe(5)
    expect(typingUntil([ben, activity(ada, { typingUntil: 5 })], me, null)).toBe(7)
    expect(typingUntil([own, activity(ada)], me, null)).toBeNull()
  })

  it('ignores a member who has sent a message since', () => {
    const types = activity(ada, { typingUntil: 50, updatedAt: 10 })
    expect(typingUntil([types], me, { senderId: ada, sentAt: 9 })).toBe(50)
    expect(typingUntil([types], me, { senderId: ada, sentAt: 10 })).toBeNull()
    expect(typingUntil([types], me, { senderId: me, sentAt: 11 })).toBe(50)
  })
})
