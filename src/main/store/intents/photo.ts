import { writePhoto } from '../account.ts'
import { releaseOwnPhoto } from '../photos.ts'
import type { IntentEffect } from './intent.ts'

export const photo: IntentEffect<'photo'> = {
  apply(context, changed) {
    releaseOwnPhoto(context, changed.photo)
    writePhoto(context, changed)
    return true
  },
}
