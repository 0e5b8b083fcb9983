import { z } from 'zod'
import { chatIdSchema, serverTimeSchema, userIdSchema, type UserId } from './ids.ts'
import type { Message } from '../messages/envelope.ts'

/**
 * One member's watermarks in a chat (`chats/{chatId}/activity/{uid}`). The member has received all messages sent at or before
 * `deliveredAt`, and has read all sent at or before `readAt`. Watermarks never move back. The member counts as typing until
 * `typingUntil`.
 */
export const activitySchema = z.strictObject({
  chatId: chatIdSchema,
  userId: userIdSchema,
  deliveredAt: serverTimeSchema.nullable(),
  readAt: serverTimeSchema.nullable(),
  typingUntil: serverTimeSchema.nullable(),
  updatedAt: serverTimeSchema,
})
export type Activity = z.infer<typeof activitySchema>

/**
 * The state that the tick of a message shows. `saving`: not on the disk yet; only the page knows such a message. `sending`: queued
 * on this device. `sent`: the server has it.
 */
export type DeliveryState = 'saving' | 'sending' | 'failed' | 'sent' | 'delivered' | 'read'

/** Returns the state of an own message. `delivered`: all other members have received it. `read`: all of them have read it. */
export function deliveryState(
  message: Pick<Message, 'delivery' | 'sentAt'>,
  others: readonly Pick<Activity, 'deliveredAt' | 'readAt'>[],
): Exclude<DeliveryState, 'saving'> {
  if (message.delivery === 'failed') return 'failed'
  if (message.delivery === 'queued') return 'sending'
  const { sentAt } = message
  if (sentAt === null || others.length === 0) return 'sent'
  const reached = (at: number | null): boolean => at !== null && at >= sentAt
  if (others.every((other) => reached(other.readAt))) return 'read'
  return others.every((other) => reached(other.deliveredAt) || reached(other.readAt)) ? 'delivered' : 'sent'
}

/** Merges two states of one member, in any order. Watermarks never move back; typing comes from the newer state. */
export function mergeActivity(stored: Activity | undefined, incoming: Activity): Activity {
  if (stored === undefined) return incoming
  const latest = (a: number | null, b: number | null): number | null =>
    a === null ? b : b === null ? a : Math.max(a, b)
  return {
    ...incoming,
    deliveredAt: latest(stored.deliveredAt, incoming.deliveredAt),
    readAt: latest(stored.readAt, incoming.readAt),
    typingUntil: incoming.updatedAt >= stored.updatedAt ? incoming.typingUntil : stored.typingUntil,
    updatedAt: Math.max(stored.updatedAt, incoming.updatedAt),
  }
}

export function othersOf(activities: readonly Activity[], me: UserId): Activity[] {
  return activities.filter((activity) => activity.userId !== me)
}

/**
 * Returns the time until which another member is typing (ms by the server's clock), or null. The sender of the `last` message
 * does not count if the message is newer than their typing state.
 */
export function typingUntil(
  activities: readonly Activity[],
  me: UserId,
  last: { senderId: UserId; sentAt: number } | null,
): number | null {
  const times = othersOf(activities, me).flatMap(({ userId, typingUntil: until, updatedAt }) => {
    const isDone = last !== null && last.senderId === userId && last.sentAt >= updatedAt
    return until === null || isDone ? [] : [until]
  })
  return times.length === 0 ? null : Math.max(...times)
}
