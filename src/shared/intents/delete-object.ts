import { z } from 'zod'
import { chatIdSchema, userIdSchema } from '../domain/ids.ts'
import { objectIdSchema } from '../messages/attachment.ts'
import { defineStoredIntent } from './intent.ts'

const object = objectIdSchema

/**
 * Deletes an object from Storage: a file of a chat after the own message with it was deleted, or a photo of a group or of this person
 * after another one took its place, or none.
 */
export const deleteObject = defineStoredIntent('deleteObject', {
  payload: z.union([
    z.strictObject({ chatId: chatIdSchema, object }),
    z.strictObject({ userId: userIdSchema, object }),
  ]),
  key: (payload) => payload.object,
  durable: true,
  lane: 'background',
  pacing: null,
  // While the change of the photo waits, the server names the old one. A photo that is not uploaded yet cannot be deleted.
  dependsOn: (payload) =>
    'userId' in payload
      ? [
          { kind: 'photo', key: '' },
          { kind: 'upload', key: payload.object },
        ]
      : [],
})
