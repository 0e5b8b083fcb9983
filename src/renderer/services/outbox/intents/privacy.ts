import { independent, retry, type IntentWriter } from './intent.ts'

export const privacy: IntentWriter<'privacy'> = {
  ...independent,
  write: ({ wire }, fields) => wire.owner.write(['private', 'settings'], fields),
  onDenied: retry,
}
