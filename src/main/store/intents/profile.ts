import { writeProfile } from '../account.ts'
import type { StoredIntent } from './intent.ts'

export const profile: StoredIntent<'profile'> = {
  apply(context, changed) {
    writeProfile(context, changed)
    return true
  },
}
