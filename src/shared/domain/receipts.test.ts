import { describe, expect, it } from 'vitest'
import { chatIdSchema, userIdSchema } from './ids.ts'
import { deliveryState, mergeActivity, typingUntil, type Activity } from './receipts.ts'

const activity = (patch: Partial<Activity> = {}): Activity => ({
  chatId: chatIdSchema.parse('ada_me'),
  userId: userIdSchema.parse('ada'),
  deliveredAt: null,
  readAt: null,
  typingUntil: null,
  updatedAt: 0,
  ...patch,
})

describe('deliveryState', () => {
  const sent = { delivery: 'sent', sentAt: 5 } as const

  it('follows the others’ watermarks once the server has the message', () => {
    expect(deliveryState(sent, [activity({ deliveredAt: 4 })])).toBe('sent')
    expect(deliveryState(sent, [activity({ deliveredAt: 5 })])).toBe('delivered')
    expect(deliveryState(sent, [activity({ deliveredAt: 5, readAt: 5 })])).toBe('read')
    // Who has read it has received it, whatever else they say.
    expect(deliveryState(sent, [activity({ readAt: 5 }), activity({ deliveredAt: 5 })])).toBe('delivered')
  })

  it('waits for every one of them', () => {
    expect(deliveryState(sent, [activity({ readAt: 9 }), activity({ readAt: 4 })])).toBe('sent')
    expect(deliveryState(sent, [])).toBe('sent')
  })

  it('says before that what this device knows', () => {
    const reached = [activity({ deliveredAt: 9, readAt: 9 })]
    expect(deliveryState({ delivery: 'queued', sentAt: null }, reached)).toBe('sending')
    expect(deliveryState({ delivery: 'failed', sentAt: null }, reached)).toBe('failed')
  })
})

describe('mergeActivity', () => {
  const earlier = activity({ deliveredAt: 3, readAt: 2, typingUntil: 20, updatedAt: 10 })
  const later = activity({ deliveredAt: 1, readAt: 4, updatedAt: 11 })

  it('comes to the same whatever order they arrive in: watermarks only grow, typing is the newer word', () => {
    const merged = activity({ deliveredAt: 3, readAt: 4, typingUntil: null, updatedAt: 11 })
    expect(mergeActivity(earlier, later)).toEqual(merged)
    expect(mergeActivity(later, earlier)).toEqual(merged)
    expect(mergeActivity(undefined, later)).toEqual(later)
  })
})

describe('typingUntil', () => {
  const me = userIdSchema.parse('me')
  const own = activity({ userId: me, typingUntil: 900 })

  it('is the others’ latest, never one’s own', () => {
    const ben = activity({ userId: userIdSchema.parse('ben'), typingUntil: 7 })
    expect(typingUntil([own, activity({ typingUntil: 5 })], me)).toBe(5)
    expect(typingUntil([ben, activity({ typingUntil: 5 })], me)).toBe(7)
    expect(typingUntil([own, activity()], me)).toBeNull()
  })
})
