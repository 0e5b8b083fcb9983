import { writePrivacy } from '../account.ts'
import { isWaiting } from '../outbox-rows.ts'
import type { ApplyItem } from './collection.ts'

export const privacy: ApplyItem<'privacy'> = (context, item) => {
  if (!isWaiting(context, 'privacy', '')) writePrivacy(context, item)
}
