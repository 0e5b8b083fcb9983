import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'

export type PictureBody = BodyOf<'photo'> | BodyOf<'video'>

/** The body of a photo or video; null for any other message. */
export function pictureOf({ body }: Message): PictureBody | null {
  return body?.kind === 'photo' || body?.kind === 'video' ? body : null
}
