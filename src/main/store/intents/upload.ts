import { failUpload, finishUpload } from '../media.ts'
import type { IntentEffect } from './intent.ts'

/** Storing a file needs no change of the replica. When its upload fails, the messages with it fail. */
export const upload: IntentEffect<'upload'> = {
  apply: () => true,
  end(context, file, outcome) {
    if (outcome === 'done') finishUpload(context, file)
    else failUpload(context, file, 'denied')
  },
  fail: failUpload,
}
