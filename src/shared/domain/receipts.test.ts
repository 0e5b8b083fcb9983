import { describe, expect, it } from 'vitest'
import { userIdSchema } from './ids.ts'
import { deliveryState, mergeActivity, typingUntil } from './receipts.ts'
import { activity, ada, me } from './test-data.ts'

describe('deliveryState', () => {
  const sent = { delivery: 'sent', sentAt: 5 } as const

  it('follows the others’ watermarks once the server has the message', () => {
    expect(deliveryState(sent, [activity(ada, { deliveredAt: 4 })])).toBe('sent')
    expect(deliveryState(sent, [activity(ada, { deliveredAt: 5 })])).toBe('delivered')
    expect(deliveryState(sent, [activity(ada, { deliveredAt: 5, readAt: 5 })])).toBe('read')
    // Who has read it has received it, whatever else they say.
    expect(deliveryState(sent, [activity(ada, { readAt: 5 }), activity(ada, { deliveredAt: 5 })])).toBe(
      'delivered',
    )
  })

  it('waits for every one of them', () => {
    expect(deliveryState(sent, [activity(ada, { readAt: 9 }), activity(ada, { readAt: 4 })])).toBe('sent')
    expect(deliveryState(sent, [])).toBe('sent')
  })

  it('says before that what this device knows', () => {
    const reached = [activity(ada, { deliveredAt: 9, readAt: 9 })]
    expect(deliveryState({ delivery: 'queued', sentAt: null }, reached)).toBe('sending')
    expect(deliveryState({ delivery: 'failed', sentAt: null }, reached)).toBe('failed')
  })
})

describe('mergeActivity', () => {
  const earlier = activity(ada, { deliveredAt: 3, readAt: 2, typingUntil: 20, updatedAt: 10 })
  const later = activity(ada, { deliveredAt: 1, readAt: 4, updatedAt: 11 })

  it('comes to the same whatever order they arrive in: watermarks only grow, typing is the newer word', () => {
    const merged = activity(ada, { deliveredAt: 3, readAt: 4, typingUntil: null, updatedAt: 11 })
    expect(mergeActivity(earlier, later)).toEqual(merged)
    expect(mergeActivity(later, earlier)).toEqual(merged)
    expect(mergeActivity(undefined, later)).toEqual(later)
  })
})

describe('typingUntil', () => {
  const own = activity(me, { typingUntil: 900 })

  it('is the others’ latest, never one’s own', () => {
    const ben = activity(userIdSchema.parse('ben'), { typingUntil: 7 })
    expect(typingUntil([own, activity(ada, { typingUntil: 5 })], me, null)).toBe(5)
    expect(typingUntil([ben, activity(ada, { typingUntil: 5 })], me, null)).toBe(7)
    expect(typingUntil([own, activity(ada)], me, null)).toBeNull()
  })

  it('ends with their message', () => {
    const types = activity(ada, { typingUntil: 50, updatedAt: 10 })
    expect(typingUntil([types], me, { senderId: ada, sentAt: 9 })).toBe(50)
    expect(typingUntil([types], me, { senderId: ada, sentAt: 10 })).toBeNull()
    expect(typingUntil([types], me, { senderId: me, sentAt: 11 })).toBe(50)
  })
})
