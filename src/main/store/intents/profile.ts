import { writeProfile } from '../account.ts'
import type { IntentEffect } from './intent.ts'

export const profile: IntentEffect<'profile'> = {
  apply(context, changed) {
    writeProfile(context, changed)
    return true
  },
}
