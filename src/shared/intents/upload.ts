import type { z } from 'zod'
import { placeSchema } from '../domain/place.ts'
import { attachmentSchema } from '../messages/attachment.ts'
import { unblockingIn } from './block.ts'
import { defineStoredIntent } from './intent.ts'

const payload = attachmentSchema
  .pick({ object: true, size: true, sha256: true, mime: true })
  .extend({ place: placeSchema })
export type Upload = z.infer<typeof payload>

/** Uploads a file. What names the file on the wire depends on this intent, so nobody sees a name without its file. */
export const upload = defineStoredIntent('upload', {
  payload,
  key: ({ object }) => object,
  durable: true,
  lane: 'upload',
  pacing: null,
  dependsOn: ({ place }) => ('chatId' in place ? unblockingIn(place.chatId) : []),
})
