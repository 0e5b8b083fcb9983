import { writeProfile } from '../account.ts'
import { isWaiting } from '../outbox-rows.ts'
import type { ApplyItem } from './collection.ts'

export const profile: ApplyItem<'profile'> = (context, item) => {
  if (!isWaiting(context, 'profile', '')) writeProfile(context, item)
}
