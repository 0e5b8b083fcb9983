import { Timestamp, type DocumentData } from 'firebase/firestore'
import { z } from 'zod'
import { privacySchema, type Privacy } from '#shared/domain/account.ts'
import { chatStateSchema, wireChatSchema, type ChatState, type WireChat } from '#shared/domain/chat.ts'
import {
  chatIdSchema,
  directChatId,
  messageIdSchema,
  phoneSchema,
  serverTimeSchema,
  userIdSchema,
  type ChatId,
  type ServerTime,
  type UserId,
} from '#shared/domain/ids.ts'
import {
  PREVIEW_LIMIT,
  TEXT_LIMIT,
  type MessageBody,
  type MessageKind,
  type WireMessage,
} from '#shared/domain/message.ts'
import { ABOUT_LIMIT, NAME_LIMIT, type Contact, type Profile } from '#shared/domain/person.ts'
import { presenceSchema, type Presence } from '#shared/domain/presence.ts'
import type { Activity } from '#shared/domain/receipts.ts'

/*
 * From documents to domain values. Documents are other people's bytes, perhaps written by a newer version: nothing here
 * throws, fields that are not known are ignored, texts that are too long are cut, and what cannot be understood is
 * undefined.
 */

const MILLIS_PER_DAY = 86_400_000

const time = z
  .instanceof(Timestamp)
  .transform((timestamp) => Math.floor(timestamp.toMillis()))
  .pipe(serverTimeSchema)
const timeOrNull = time.nullable().catch(null)
const count = z.number().int().nonnegative()

/** A text that is cut where it is too long, on a whole character. */
function cutText(limit: number): z.ZodType<string, string> {
  return z.string().transform((text) => cut(text, limit))
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/u, '')
}

const lastSchema = z
  .object({
    id: messageIdSchema,
    senderId: userIdSchema,
    kind: cutText(32),
    preview: cutText(PREVIEW_LIMIT),
    sentAt: time,
  })
  .nullable()
  .catch(null)

const chatDocument = z.object({
  kind: wireChatSchema.shape.kind,
  memberIds: wireChatSchema.shape.memberIds,
  title: cutText(100).nullable().catch(null),
  last: lastSchema,
  messageCount: count,
  createdAt: time,
  updatedAt: time,
})

/** Undefined as well for a chat that `me` is not in, and for a direct one whose id is not its members'. */
export function parseChat(id: string, data: DocumentData, me: UserId): WireChat | undefined {
  const chatId = chatIdSchema.safeParse(id)
  const document = chatDocument.safeParse(data)
  if (!chatId.success || !document.success) return undefined
  const { kind, memberIds } = document.data
  if (!memberIds.includes(me)) return undefined
  if (kind === 'direct') {
    const [first, second] = memberIds
    if (first === undefined || second === undefined || first === second || memberIds.length > 2)
      return undefined
    if (directChatId(first, second) !== chatId.data) return undefined
  }
  return { id: chatId.data, ...document.data }
}

const messageDocument = z.object({
  senderId: userIdSchema,
  sentAt: time,
  updatedAt: time,
  seq: count.catch(0),
  body: z.unknown(),
  deletedAt: timeOrNull,
})

export function parseMessage(chatId: ChatId, id: string, data: DocumentData): WireMessage | undefined {
  const messageId = messageIdSchema.safeParse(id)
  const document = messageDocument.safeParse(data)
  if (!messageId.success || !document.success) return undefined
  const { body, deletedAt, ...rest } = document.data
  const deleted = deletedAt !== null
  return { id: messageId.data, chatId, ...rest, body: deleted ? null : parseBody(body), deletedAt }
}

const bodyDocuments = {
  text: z.object({ kind: z.literal('text'), text: z.string().min(1).pipe(cutText(TEXT_LIMIT)) }),
} satisfies { [K in MessageKind]: z.ZodType<Extract<MessageBody, { kind: K }>> }
const knownBody = z.union(Object.values(bodyDocuments))
const anyBody = z.object({ kind: cutText(32) })

function parseBody(body: unknown): MessageBody {
  const known = knownBody.safeParse(body)
  if (known.success) return known.data
  const unknown = anyBody.safeParse(body)
  return { kind: 'unknown', of: unknown.success ? unknown.data.kind : '' }
}

const activityDocument = z.object({
  deliveredAt: timeOrNull,
  readAt: timeOrNull,
  typingUntil: timeOrNull,
  updatedAt: time,
})

export function parseActivity(chatId: string, userId: string, data: DocumentData): Activity | undefined {
  const ids = z.object({ chatId: chatIdSchema, userId: userIdSchema }).safeParse({ chatId, userId })
  const document = activityDocument.safeParse(data)
  return ids.success && document.success ? { ...ids.data, ...document.data } : undefined
}

const presenceDocument = z.object({ state: presenceSchema.shape.state, lastActiveAt: time })

export function parsePresence(data: DocumentData): Presence | undefined {
  return presenceDocument.safeParse(data).data
}

const profileDocument = z.object({
  displayName: z.string().min(1).pipe(cutText(NAME_LIMIT)),
  about: cutText(ABOUT_LIMIT).catch(''),
  updatedAt: time,
})

export function parseProfile(id: UserId, data: DocumentData): Profile | undefined {
  const document = profileDocument.safeParse(data)
  return document.success ? { id, ...document.data } : undefined
}

const phoneDocument = z.object({ uid: userIdSchema })

export function parsePhone(data: DocumentData): UserId | undefined {
  return phoneDocument.safeParse(data).data?.uid
}

const contactDocument = z.object({
  name: cutText(NAME_LIMIT),
  phone: phoneSchema.nullable().catch(null),
})

export function parseContact(id: string, data: DocumentData): Contact | undefined {
  const userId = userIdSchema.safeParse(id)
  const document = contactDocument.safeParse(data)
  return userId.success && document.success ? { id: userId.data, ...document.data } : undefined
}

export interface Block {
  userId: UserId
  blocked: boolean
}
const blockDocument = z.object({ blocked: z.boolean() })

export function parseBlock(id: string, data: DocumentData): Block | undefined {
  const userId = userIdSchema.safeParse(id)
  const document = blockDocument.safeParse(data)
  return userId.success && document.success ? { userId: userId.data, ...document.data } : undefined
}

const chatStateDocument = z.object({
  ...chatStateSchema.omit({ chatId: true }).shape,
  readAt: timeOrNull,
})

export function parseChatState(id: string, data: DocumentData): ChatState | undefined {
  const chatId = chatIdSchema.safeParse(id)
  const document = chatStateDocument.safeParse(data)
  return chatId.success && document.success ? { chatId: chatId.data, ...document.data } : undefined
}

const settingsDocument = z.object(privacySchema.shape)

export function parseSettings(data: DocumentData): Privacy | undefined {
  return settingsDocument.safeParse(data).data
}

const clockDocument = z.object({ at: time })

export function parseClock(data: DocumentData): ServerTime | undefined {
  return clockDocument.safeParse(data).data?.at
}

const updatedDocument = z.object({ updatedAt: time })

/**
 * When a document changed, for the mark of a sync: also that of a document which is not understood otherwise, or it would
 * come again and again. A time well in the future is no server time, and would hide all that really comes.
 */
export function updatedAtOf(data: DocumentData, now: number): ServerTime | undefined {
  const updatedAt = updatedDocument.safeParse(data).data?.updatedAt
  return updatedAt !== undefined && updatedAt < now + MILLIS_PER_DAY ? updatedAt : undefined
}
