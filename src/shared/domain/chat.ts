import { z } from 'zod'
import { chatIdSchema, messageIdSchema, serverTimeSchema, userIdSchema, type UserId } from './ids.ts'
import { bodySchema } from '../messages/body.ts'
import { deliverySchema, wireMessageSchema } from '../messages/envelope.ts'
import { groupSchema, mayDo, TITLE_LIMIT } from './group.ts'
import type { Person } from './person.ts'
import { stagedSchema } from './staged.ts'
import { chatSoundSchema } from '../notifications/sounds.ts'

export const chatKindSchema = z.enum(['direct', 'group'])

/** The newest message as the chat list shows it. Its body is cut to a summary; null when the message was deleted. */
const lastMessageSchema = wireMessageSchema.pick({ id: true, senderId: true, sentAt: true }).extend({
  body: bodySchema.nullable(),
  delivery: deliverySchema,
  /** Number of unread messages of others that arrived while this own message was queued, so it does not mark them as read. Absent: 0. */
  overtakenBy: z.number().int().nonnegative().optional(),
})
export type LastMessage = z.infer<typeof lastMessageSchema>

/** A chat as the wire delivered it (`chats/{chatId}`). */
export const wireChatSchema = z.strictObject({
  id: chatIdSchema,
  kind: chatKindSchema,
  memberIds: z.array(userIdSchema).min(1).max(1024),
  /** Null for a direct chat. */
  title: z.string().max(TITLE_LIMIT).nullable(),
  /** Null for a direct chat. */
  group: groupSchema.nullable(),
  /** The newest message with its full body; null when it cannot be read. */
  last: wireMessageSchema.nullable(),
  /** How many messages were ever written. Events of a group do not count, so they are never unread. */
  messageCount: z.number().int().nonnegative(),
  /** How many writes the chat has had: each new message, event, edit or deletion is one. */
  revision: z.number().int().nonnegative(),
  /** The message that the latest write is about. */
  changed: messageIdSchema,
  createdAt: serverTimeSchema,
  updatedAt: serverTimeSchema,
})
export type WireChat = z.infer<typeof wireChatSchema>

/** One person's own state of a chat (`users/{uid}/chats/{chatId}`). */
export const chatStateSchema = z.strictObject({
  chatId: chatIdSchema,
  readCount: z.number().int().nonnegative(),
  readAt: serverTimeSchema.nullable(),
  pinned: z.boolean(),
  archived: z.boolean(),
  /** Null: not muted. MUTED_FOREVER: muted until the person unmutes. */
  mutedUntil: z.number().int().nonnegative().nullable(),
  /** While the chat is muted, mentions do not notify either. */
  muteMentions: z.boolean(),
  /** The sound of its notifications. */
  sound: chatSoundSchema,
  markedUnread: z.boolean(),
})
export type ChatState = z.infer<typeof chatStateSchema>
/** What the person can set of it. */
export const chatStatePatchSchema = chatStateSchema
  .omit({ chatId: true, readCount: true, readAt: true })
  .partial()
export type ChatStatePatch = z.infer<typeof chatStatePatchSchema>
export const MUTED_FOREVER = 253_402_300_799_000

/**
 * A chat as the list shows it: wire, own state and local state joined.
 * `last` is the newest message that this device knows. If it is an own queued message, its `sentAt` is an estimate.
 * `onWire` is false for a chat opened here in which nobody has written yet.
 */
export const chatSchema = wireChatSchema.omit({ last: true, revision: true, changed: true }).extend({
  onWire: z.boolean(),
  /** True for a group that this person is no longer a member of. Its history stays readable. */
  former: z.boolean(),
  last: lastMessageSchema.nullable(),
  state: chatStateSchema,
  /** The text in the composer, with the marks of its mentions (see toMarkedText). */
  draft: z.string(),
  /** The files that the person has picked for this chat and not sent yet. */
  staged: stagedSchema,
  /** A message of someone else after the read mark mentions this person or everyone. */
  mentioned: z.boolean(),
  /** True when the replica holds this chat's messages back to the first. */
  historyComplete: z.boolean(),
})
export type Chat = z.infer<typeof chatSchema>

/** Returns the number of unread messages. If the newest one is an own message, at most `overtakenBy` are unread. */
export function unreadCount(chat: Chat, me: UserId): number {
  const unread = Math.max(0, chat.messageCount - chat.state.readCount)
  return chat.last?.senderId === me ? Math.min(unread, chat.last.overtakenBy ?? 0) : unread
}

/**
 * Returns when the newest message was sent, by the local clock. An unsent message has an estimate: the local time, or the server's
 * time of the previous message if that is later. By the local clock that may be in the future, so the result is at most `now`.
 */
export function localSentAt(
  { delivery, sentAt }: NonNullable<Chat['last']>,
  { now, clockOffset }: { now: number; /** The server's clock minus the local one. */ clockOffset: number },
): number {
  return delivery === 'sent' ? sentAt - clockOffset : Math.min(sentAt, now)
}

export function isMuted(chat: Pick<Chat, 'state'>, now: number): boolean {
  return chat.state.mutedUntil !== null && chat.state.mutedUntil > now
}

/**
 * Returns the chat's part of the number on tray, badge and title: its unread messages, or 1 when it is marked as unread. Muted and
 * archived chats and chats with blocked people add nothing.
 */
export function attentionCount(chat: Chat, me: UserId, isBlocked: boolean, now: number): number {
  if (isBlocked || chat.state.archived || isMuted(chat, now)) return 0
  return unreadCount(chat, me) || Number(chat.state.markedUnread)
}

/** Returns the other person of a direct chat; undefined for a group. */
export function peerOf(
  chat: { kind: Chat['kind']; memberIds: readonly UserId[] },
  me: UserId,
): UserId | undefined {
  return chat.kind === 'direct' ? chat.memberIds.find((id) => id !== me) : undefined
}

/** Whether this is a direct chat with someone whom this person has blocked. */
export function isPeerBlocked(chat: Chat, people: ReadonlyMap<UserId, Person>, me: UserId): boolean {
  const peer = peerOf(chat, me)
  return peer !== undefined && people.get(peer)?.blocked === true
}

/** Whether this person may write in the chat. */
export function mayPost(chat: Chat, people: ReadonlyMap<UserId, Person>, me: UserId): boolean {
  const isAllowed = chat.group === null || mayDo(chat.group, 'post', me)
  return isAllowed && !chat.former && !isPeerBlocked(chat, people, me)
}

/** Whether the row of the chat shows that an unread message mentions this person. An own message marks those before it as read. */
export function hasUnreadMention(chat: Chat, me: UserId): boolean {
  return chat.mentioned && unreadCount(chat, me) > 0
}

/** Whether the row of the chat shows that it is unread. */
export function isUnread(chat: Chat, me: UserId): boolean {
  return chat.state.markedUnread || unreadCount(chat, me) > 0
}
