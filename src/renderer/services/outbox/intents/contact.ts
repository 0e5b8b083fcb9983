import { independent, retry, type IntentWriter } from './intent.ts'

export const contact: IntentWriter<'contact'> = {
  ...independent,
  write: ({ wire }, { id, name, phone }) => wire.owner.write(['contacts', id], { name, phone }),
  onDenied: retry,
}
