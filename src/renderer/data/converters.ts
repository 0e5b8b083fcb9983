import { Timestamp, type DocumentData } from 'firebase/firestore'
import { z } from 'zod'
import {
  defaultPrivacy,
  privacySchema,
  type OwnPhoto,
  type OwnProfile,
  type Privacy,
  type PublicPhoto,
} from '#shared/domain/account.ts'
import { chatStateSchema, wireChatSchema, type ChatState, type WireChat } from '#shared/domain/chat.ts'
import { chatSoundSchema } from '#shared/notifications/sounds.ts'
import { DESCRIPTION_LIMIT, groupSchema, policySchema, TITLE_LIMIT } from '#shared/domain/group.ts'
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
import type { InviteDetails } from '#shared/domain/invite.ts'
import { ABOUT_LIMIT, NAME_LIMIT, type Block, type Contact, type Profile } from '#shared/domain/person.ts'
import { photoReader, smallPictureSchema } from '#shared/domain/photo.ts'
import { presenceSchema, type Presence } from '#shared/domain/presence.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import { toRawBody } from '#shared/messages/body.ts'
import { cutText } from '#shared/messages/cut-text.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'

/*
 * Parses documents into domain values. Other people wrote many of these documents, perhaps with a newer version of the app. So
 * nothing here throws: unknown fields are ignored, long texts are cut, and the result for a malformed document is undefined.
 */

const MILLIS_PER_DAY = 86_400_000

const time = z
  .instanceof(Timestamp)
  .transform((timestamp) => Math.floor(timestamp.toMillis()))
  .pipe(serverTimeSchema)
const timeOrNull = time.nullable().catch(null)
const count = z.number().int().nonnegative()
/** A photo that cannot be shown is none. */
const photo = photoReader.nullable().catch(null)

const chatDocument = z.object({
  kind: wireChatSchema.shape.kind,
  memberIds: wireChatSchema.shape.memberIds,
  title: cutText(TITLE_LIMIT).nullable().catch(null),
  last: z.record(z.string(), z.unknown()).nullable().catch(null),
  messageCount: count,
  revision: count,
  changed: messageIdSchema,
  createdAt: time,
  updatedAt: time,
})

const groupDocument = z.object({
  ...groupSchema.shape,
  description: cutText(DESCRIPTION_LIMIT).catch(''),
  photo,
  policy: z.object(policySchema.shape),
})

/** Also returns undefined for a chat without `me`, and for a direct chat whose id does not match its members. */
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
  const group = kind === 'group' ? groupDocument.safeParse(data).data : null
  if (group === undefined) return undefined
  const { last, ...rest } = document.data
  const message = last && parseMessage(chatId.data, String(last['id']), last)
  return { id: chatId.data, ...rest, group, last: message ?? null }
}

const messageDocument = z.object({
  senderId: userIdSchema,
  sentAt: time,
  updatedAt: time,
  seq: count.catch(0),
  body: z.unknown(),
  editedAt: timeOrNull,
  deletedAt: timeOrNull,
})

export function parseMessage(chatId: ChatId, id: string, data: DocumentData): WireMessage | undefined {
  const messageId = messageIdSchema.safeParse(id)
  const document = messageDocument.safeParse(data)
  if (!messageId.success || !document.success) return undefined
  const { body, deletedAt, ...rest } = document.data
  const deleted = deletedAt !== null
  return { id: messageId.data, chatId, ...rest, body: deleted ? null : toRawBody(body), deletedAt }
}

const inviteDocument = z.object({
  title: cutText(TITLE_LIMIT),
  description: cutText(DESCRIPTION_LIMIT),
  photo: smallPictureSchema.nullable().catch(null),
  memberCount: count,
  createdAt: time,
  expiresAt: time.nullable(),
  maxJoins: count.nullable(),
  approve: z.boolean(),
  joins: count,
  revoked: z.boolean(),
})

export function parseInvite(data: DocumentData): InviteDetails | undefined {
  return inviteDocument.safeParse(data).data
}

const requestDocument = z.object({ at: time })

export function parseRequest(id: string, data: DocumentData): { userId: UserId; at: ServerTime } | undefined {
  const userId = userIdSchema.safeParse(id)
  const document = requestDocument.safeParse(data)
  return userId.success && document.success ? { userId: userId.data, ...document.data } : undefined
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
  photo: z
    .union([photoReader, z.literal('contacts')])
    .nullable()
    .catch(null),
  updatedAt: time,
})

export function parseProfile(
  id: UserId,
  data: DocumentData,
): (Omit<Profile, 'photo'> & { photo: PublicPhoto }) | undefined {
  const document = profileDocument.safeParse(data)
  return document.success ? { id, ...document.data } : undefined
}

export function parseOwnProfile(data: DocumentData): OwnProfile | undefined {
  const { displayName, about } = profileDocument.safeParse(data).data ?? {}
  return displayName === undefined || about === undefined ? undefined : { displayName, about }
}

const photoDocument = z.object({ photo })

export function parsePhoto(data: DocumentData): OwnPhoto | undefined {
  return photoDocument.safeParse(data).data
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

const blockDocument = z.object({ blocked: z.boolean() })

export function parseBlock(id: string, data: DocumentData): Block | undefined {
  const userId = userIdSchema.safeParse(id)
  const document = blockDocument.safeParse(data)
  return userId.success && document.success ? { userId: userId.data, ...document.data } : undefined
}

const chatStateDocument = z.object({
  ...chatStateSchema.omit({ chatId: true }).shape,
  readAt: timeOrNull,
  // Older apps wrote neither of these, and newer ones may know more sounds.
  muteMentions: z.boolean().catch(false),
  sound: chatSoundSchema.catch('default'),
})

export function parseChatState(id: string, data: DocumentData): ChatState | undefined {
  const chatId = chatIdSchema.safeParse(id)
  const document = chatStateDocument.safeParse(data)
  return chatId.success && document.success ? { chatId: chatId.data, ...document.data } : undefined
}

const settingsDocument = z.object({
  ...privacySchema.shape,
  groups: privacySchema.shape.groups.catch(defaultPrivacy.groups),
  photo: privacySchema.shape.photo.catch(defaultPrivacy.photo),
})

export function parseSettings(data: DocumentData): Privacy | undefined {
  return settingsDocument.safeParse(data).data
}

const clockDocument = z.object({ at: time })

export function parseClock(data: DocumentData): ServerTime | undefined {
  return clockDocument.safeParse(data).data?.at
}

const updatedDocument = z.object({ updatedAt: time })

/**
 * Returns the time of a document's last change, for the sync cursor. A malformed document has one too: if the cursor did not pass
 * the document, every start would fetch it again. Returns undefined for a time far in the future. The server did not set such a
 * time, and a cursor there would skip all real changes.
 */
export function updatedAtOf(data: DocumentData, now: number): ServerTime | undefined {
  const updatedAt = updatedDocument.safeParse(data).data?.updatedAt
  return updatedAt !== undefined && updatedAt < now + MILLIS_PER_DAY ? updatedAt : undefined
}
