import { z } from 'zod'
import { chatIdSchema, serverTimeSchema, userIdSchema, type UserId } from './ids.ts'
import type { Message } from '../messages/envelope.ts'

/**
 * One member's watermarks in a chat (`chats/{chatId}/activity/{uid}`): all messages sent at or before the time
 * are delivered (read). They only ever grow. `typingUntil` is when the member stops counting as typing.
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

/** What a bubble's tick shows. `sending`: queued here. `sent`: the server has it. */
export type DeliveryState = 'sending' | 'failed' | 'sent' | 'delivered' | 'read'

/** The state of an own message, from this device's knowledge and the other members' watermarks (all must have reached it). */
export function deliveryState(
  message: Pick<Message, 'delivery' | 'sentAt'>,
  others: readonly Pick<Activity, 'deliveredAt' | 'readAt'>[],
): DeliveryState {
  if (message.delivery === 'failed') return 'failed'
  if (message.delivery === 'queued') return 'sending'
  const { sentAt } = message
  if (sentAt === null || others.length === 0) return 'sent'
  const reached = (at: number | null): boolean => at !== null && at >= sentAt
  if (others.every((other) => reached(other.readAt))) return 'read'
  return others.every((other) => reached(other.deliveredAt) || reached(other.readAt)) ? 'delivered' : 'sent'
}

/** Merges two states of one member's watermarks: monotonic, whatever order they arrive in; typing is the newer word. */
export function mergeActivity(known: Activity | undefined, incoming: Activity): Activity {
  if (known === undefined) return incoming
  const later = (a: number | null, b: number | null): number | null =>
    a === null ? b : b === null ? a : Math.max(a, b)
  return {
    ...incoming,
    deliveredAt: later(known.deliveredAt, incoming.deliveredAt),
    readAt: later(known.readAt, incoming.readAt),
    typingUntil: incoming.updatedAt >= known.updatedAt ? incoming.typingUntil : known.typingUntil,
    updatedAt: Math.max(known.updatedAt, incoming.updatedAt),
  }
}

export function othersOf(activities: readonly Activity[], me: UserId): Activity[] {
  return activities.filter((activity) => activity.userId !== me)
}

/** Until when someone else types, as ms of the server's clock; null: nobody does. Who has sent `last` since is done. */
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
