import { z } from 'zod'
import { userIdSchema } from '../../src/shared/domain/ids.ts'
import { deviceIdSchema } from '../../src/shared/functions.ts'
import { objectIdSchema } from '../../src/shared/messages/attachment.ts'

/*
 * Parses what the functions need of documents. Clients wrote them, perhaps with another version of the app. So nothing here throws:
 * unknown fields are ignored, and the result for a malformed document is undefined.
 */

const messageDocument = z.object({
  senderId: userIdSchema,
  body: z.record(z.string(), z.unknown()).nullable(),
})
export type Message = z.infer<typeof messageDocument>

export function parseMessage(data: unknown): Message | undefined {
  return messageDocument.safeParse(data).data
}

const chatDocument = z.object({
  kind: z.enum(['direct', 'group']),
  memberIds: z.array(userIdSchema).max(1024),
})
export type Chat = z.infer<typeof chatDocument>

export function parseChat(data: unknown): Chat | undefined {
  return chatDocument.safeParse(data).data
}

const chatStateDocument = z.object({
  archived: z.boolean().catch(false),
  /** ms. Null: not muted. */
  mutedUntil: z.number().nullable().catch(null),
  /** While the chat is muted, mentions are muted too. */
  muteMentions: z.boolean().catch(false),
})
export type ChatState = z.infer<typeof chatStateDocument>

/** A missing or malformed state mutes nothing. */
export function parseChatState(data: unknown): ChatState {
  return chatStateDocument.safeParse(data).data ?? { archived: false, mutedUntil: null, muteMentions: false }
}

const blockDocument = z.object({ blocked: z.boolean() })

export function parseBlock(data: unknown): boolean {
  return blockDocument.safeParse(data).data?.blocked ?? false
}

const deviceDocument = z.object({ token: z.string().min(1).max(4096) })

export function parseDevice(id: string, data: unknown): { id: string; token: string } | undefined {
  const deviceId = deviceIdSchema.safeParse(id)
  const document = deviceDocument.safeParse(data)
  return deviceId.success && document.success ? { id: deviceId.data, ...document.data } : undefined
}

const fileBody = z.object({ file: z.object({ object: objectIdSchema }) })

/** The object in Storage that a body names, if any. */
export function objectOf(body: unknown): string | undefined {
  return fileBody.safeParse(body).data?.file.object
}

const removalDocument = z.object({ chatId: z.string(), object: objectIdSchema })
export type Removal = z.infer<typeof removalDocument>

export function parseRemoval(data: unknown): Removal | undefined {
  return removalDocument.safeParse(data).data
}

const groupPhotoDocument = z.object({ photo: z.object({ object: z.string() }) })

/** The object of the photo of a group, if it has one. */
export function photoObjectOf(chat: unknown): string | undefined {
  return groupPhotoDocument.safeParse(chat).data?.photo.object
}
