import { writePrivacy } from '../account.ts'
import type { StoredIntent } from './intent.ts'

export const privacy: StoredIntent<'privacy'> = {
  apply(context, changed) {
    writePrivacy(context, changed)
    return true
  },
}
