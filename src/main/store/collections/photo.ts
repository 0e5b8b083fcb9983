import { writePhoto } from '../account.ts'
import { isWaiting } from '../outbox-rows.ts'
import { releaseOverwrittenPhoto } from '../photos.ts'
import type { ApplyItem } from './collection.ts'

export const photo: ApplyItem<'photo'> = (context, item) => {
  // The photo that waits here will take its place.
  if (isWaiting(context, 'photo', '')) releaseOverwrittenPhoto(context, item.photo)
  else writePhoto(context, item)
}
