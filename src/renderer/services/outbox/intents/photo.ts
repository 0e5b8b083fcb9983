import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const photo: IntentWriter<'photo'> = {
  ...neverHeld,
  write: ({ wire }, own) => wire.owner.writePhoto(own),
  onDenied: retry,
}
