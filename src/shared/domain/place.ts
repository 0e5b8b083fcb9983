import { z } from 'zod'
import type { ObjectId } from '../messages/attachment.ts'
import { chatIdSchema, userIdSchema } from './ids.ts'

/** Whose object it is in Storage: a chat's file, or a person's photo. Its rules follow from that. */
export const placeSchema = z.union([
  z.strictObject({ chatId: chatIdSchema }),
  z.strictObject({ userId: userIdSchema }),
])
export type Place = z.infer<typeof placeSchema>

/** The object's path in Storage. All of its parts are checked by their schemas, so that it cannot point anywhere else. */
export function storagePath(place: Place, object: ObjectId): string {
  return 'chatId' in place ? `chats/${place.chatId}/${object}` : `users/${place.userId}/photo-${object}`
}
