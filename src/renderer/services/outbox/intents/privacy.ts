import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const privacy: IntentWriter<'privacy'> = {
  ...neverHeld,
  write: ({ wire }, fields) => wire.owner.write(['private', 'settings'], fields),
  onDenied: retry,
}
