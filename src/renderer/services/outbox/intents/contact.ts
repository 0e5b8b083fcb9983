import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const contact: IntentWriter<'contact'> = {
  ...neverHeld,
  write: ({ wire }, { id, name, phone }) => wire.owner.write(['contacts', id], { name, phone }),
  onDenied: retry,
}
