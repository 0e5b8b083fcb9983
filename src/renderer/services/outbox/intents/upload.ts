import { neverHeld, type IntentWriter } from './intent.ts'

export const upload: IntentWriter<'upload'> = {
  ...neverHeld,
  write: ({ transfers }, file) => transfers.upload(file),
  // The outcome says what was denied; `write` itself is never denied.
  onDenied: null,
  mustWait: ({ transfers }, { object }) => transfers.isPaused(object),
}
