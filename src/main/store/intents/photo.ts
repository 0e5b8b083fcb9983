import { writePhoto } from '../account.ts'
import type { IntentEffect } from './intent.ts'

export const photo: IntentEffect<'photo'> = {
  apply(context, changed) {
    writePhoto(context, changed)
    return true
  },
}
