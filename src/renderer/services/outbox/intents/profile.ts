import { independent, retry, type IntentWriter } from './intent.ts'

export const profile: IntentWriter<'profile'> = {
  ...independent,
  write: ({ wire }, fields) => wire.owner.write([], fields),
  onDenied: retry,
}
