import { z } from 'zod'
import type { Chat } from './chat.ts'
import { chatIdSchema, serverTimeSchema, userIdSchema, type UserId } from './ids.ts'
import type { Person } from './person.ts'
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
export type Watermarks = Pick<Activity, 'deliveredAt' | 'readAt'>

/** A group with more members has neither receipts nor typing: their cost grows with the square of the members. */
export const RECEIPTS_LIMIT = 64

/** Whether the members write receipts and typing. */
export function hasReceipts({ memberIds }: Pick<Chat, 'memberIds'>): boolean {
  return memberIds.length <= RECEIPTS_LIMIT
}

/**
 * Returns the others whose receipts count. In a group, nobody waits for blocked people, and their receipts are not shown. Empty when
 * the chat has no receipts.
 */
export function receiptMembers(
  chat: Pick<Chat, 'kind' | 'memberIds'>,
  people: ReadonlyMap<UserId, Pick<Person, 'blocked'>>,
  me: UserId,
): UserId[] {
  if (!hasReceipts(chat)) return []
  const isShown = (id: UserId): boolean => chat.kind === 'direct' || people.get(id)?.blocked !== true
  return chat.memberIds.filter((id) => id !== me && isShown(id))
}

/** Returns the watermarks of each member, in the order of the members. */
export function watermarksOf(
  members: readonly UserId[],
  activities: readonly Activity[],
): (Watermarks & { userId: UserId })[] {
  const known = new Map(activities.map((activity) => [activity.userId, activity]))
  return members.map((userId) => {
    const { deliveredAt = null, readAt = null } = known.get(userId) ?? {}
    return { userId, deliveredAt, readAt }
  })
}

/**
 * Returns when each person was last added to the group, as far as these messages tell. Nobody waits for the receipts of someone who
 * was added after the message.
 */
export function addedAt(messages: readonly Pick<Message, 'body' | 'sentAt'>[]): Map<UserId, number> {
  const times = new Map<UserId, number>()
  for (const { body, sentAt } of messages) {
    if (body?.kind !== 'event' || sentAt === null) continue
    if (body.event !== 'added' && body.event !== 'joined' && body.event !== 'admitted') continue
    for (const id of body.uids) times.set(id, sentAt)
  }
  return times
}

/** How far one member has come with a message. */
export function progressOf(
  sentAt: number,
  { deliveredAt, readAt }: Watermarks,
): 'sent' | 'delivered' | 'read' {
  const reached = (at: number | null): boolean => at !== null && at >= sentAt
  if (reached(readAt)) return 'read'
  return reached(deliveredAt) ? 'delivered' : 'sent'
}

export interface MemberReceipt {
  progress: 'sent' | 'delivered' | 'read'
  /** When the member got there (ms by the server's clock); null: not known. */
  at: number | null
}

/**
 * How far one member has come with a message, and when. The watermarks name a message, and `updatedAt` is the time of the last write.
 * So the time is known only while the message is the newest that the member has received or read; later writes are about others.
 */
export function memberReceipt(sentAt: number, activity: Activity | undefined): MemberReceipt {
  if (activity === undefined) return { progress: 'sent', at: null }
  const progress = progressOf(sentAt, activity)
  const newest = { sent: null, delivered: activity.deliveredAt, read: activity.readAt }[progress]
  return { progress, at: newest === sentAt ? activity.updatedAt : null }
}

/**
 * The state that the tick of a message shows. `saving`: not on the disk yet; only the page knows such a message. `sending`: queued
 * on this device. `sent`: the server has it.
 */
export type DeliveryState = 'saving' | 'sending' | 'failed' | 'sent' | 'delivered' | 'read'

/** Returns the state of an own message. `delivered`: all other members have received it. `read`: all of them have read it. */
export function deliveryState(
  message: Pick<Message, 'delivery' | 'sentAt'>,
  others: readonly Watermarks[],
): Exclude<DeliveryState, 'saving'> {
  if (message.delivery === 'failed') return 'failed'
  if (message.delivery === 'queued') return 'sending'
  const { sentAt } = message
  if (sentAt === null || others.length === 0) return 'sent'
  const progress = others.map((other) => progressOf(sentAt, other))
  if (progress.every((reached) => reached === 'read')) return 'read'
  return progress.includes('sent') ? 'sent' : 'delivered'
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

/**
 * Returns which of these members are typing, each with the end of it (ms by the server's clock), in the order of the members. The
 * sender of a `recent` message does not count if the message is newer than their typing state.
 */
export function typingUntil(
  members: readonly UserId[],
  activities: readonly Activity[],
  recent: readonly { senderId: UserId; sentAt: number | null }[],
): Map<UserId, number> {
  const known = new Map(activities.map((activity) => [activity.userId, activity]))
  const typing = new Map<UserId, number>()
  for (const id of members) {
    const { typingUntil: until = null, updatedAt = 0 } = known.get(id) ?? {}
    const isDone = recent.some(({ senderId, sentAt }) => senderId === id && (sentAt ?? 0) >= updatedAt)
    if (until !== null && !isDone) typing.set(id, until)
  }
  return typing
}
