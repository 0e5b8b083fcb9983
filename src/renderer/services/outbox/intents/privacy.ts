import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const privacy: IntentWriter<'privacy'> = {
  ...neverHeld,
  write: ({ wire }, fields) => wire.owner.writePrivacy(fields),
  onDenied: retry,
}
