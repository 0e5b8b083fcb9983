import { writePrivacy } from '../account.ts'
import type { IntentEffect } from './intent.ts'

export const privacy: IntentEffect<'privacy'> = {
  apply(context, changed) {
    writePrivacy(context, changed)
    return true
  },
}
