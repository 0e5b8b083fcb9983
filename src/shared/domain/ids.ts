import { z } from 'zod'

/** A Firebase uid. Letters and digits only, so that a direct chat's id can join two of them with `_`. */
export const userIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9]{1,128}$/)
  .brand<'UserId'>()
export type UserId = z.infer<typeof userIdSchema>

/**
 * For a direct chat: both uids, sorted and joined by `_`, so that two people cannot have two direct chats. For a group: 20 random
 * letters and digits.
 */
export const chatIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,300}$/)
  .brand<'ChatId'>()
export type ChatId = z.infer<typeof chatIdSchema>

/** Created once by the sender. It is the document id, so a retry never duplicates a message. */
export const messageIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/)
  .brand<'MessageId'>()
export type MessageId = z.infer<typeof messageIdSchema>

/** The last millisecond of the year 9999: the latest time that Firestore can store. A Date can hold it too. */
const MAX_TIME = 253_402_300_799_999

/** Milliseconds since the epoch, by the server's clock. */
export const serverTimeSchema = z.number().int().nonnegative().max(MAX_TIME)
export type ServerTime = z.infer<typeof serverTimeSchema>

/** A phone number in E.164, e.g. `+4915112345678`. No other form is stored or sent. */
export const phoneSchema = z
  .string()
  .regex(/^\+[1-9][0-9]{5,14}$/)
  .brand<'Phone'>()
export type Phone = z.infer<typeof phoneSchema>

export function newMessageId(): MessageId {
  return messageIdSchema.parse(crypto.randomUUID())
}

/** Returns the id of the direct chat between two people. The order of the arguments does not matter. */
export function directChatId(a: UserId, b: UserId): ChatId {
  return chatIdSchema.parse(a < b ? `${a}_${b}` : `${b}_${a}`)
}

/** A group's id. `-` and `_` of a UUID's alphabet are not allowed in it, so that it never looks like that of a direct chat. */
export function newGroupId(): ChatId {
  return chatIdSchema.parse(crypto.randomUUID().replaceAll('-', '').slice(0, 20))
}

/** Returns the two members of a direct chat from its id; empty for the id of a group. */
export function membersOfDirectChat(chatId: ChatId): UserId[] {
  const members = chatId.split('_').map((part) => userIdSchema.safeParse(part).data)
  const known = members.filter((id) => id !== undefined)
  return known.length === 2 && members.length === 2 ? known : []
}
