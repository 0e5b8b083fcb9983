import { FULL_MIME, photoSchema, type Photo, type Picture } from '#shared/domain/photo.ts'
import type { Place } from '#shared/domain/place.ts'
import { newObjectId } from '#shared/messages/attachment.ts'
import type { Services } from '../services.ts'

/** Stores the full picture on this machine, queues its upload, and returns the photo. Rejects with an AppError. */
export async function storePhoto(
  { media, outbox }: Pick<Services, 'media' | 'outbox'>,
  place: Place,
  { full, small }: Picture,
): Promise<Photo> {
  const service = await media()
  const { sha256, size } = await service.importFile(full)
  const photo = photoSchema.parse({ object: newObjectId(), sha256, size, small })
  await outbox.add({ kind: 'upload', payload: { place, object: photo.object, sha256, size, mime: FULL_MIME } })
  return photo
}
