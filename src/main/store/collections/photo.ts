import { writePhoto } from '../account.ts'
import { isWaiting } from '../outbox-rows.ts'
import type { ApplyItem } from './collection.ts'

export const photo: ApplyItem<'photo'> = (context, item) => {
  if (!isWaiting(context, 'photo', '')) writePhoto(context, item)
}
