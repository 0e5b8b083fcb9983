import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const profile: IntentWriter<'profile'> = {
  ...neverHeld,
  write: ({ wire }, fields) => wire.owner.writeProfile(fields),
  onDenied: retry,
}
