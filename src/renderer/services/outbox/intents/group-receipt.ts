import { neverHeld, type IntentWriter } from './intent.ts'

export const groupReceipt: IntentWriter<'groupReceipt'> = {
  ...neverHeld,
  write: ({ receipts }, { chatId, ...watermarks }) => receipts.writeWatermarks(chatId, watermarks),
  // Another device of this person may have written later watermarks. No listener brings them, so they are fetched.
  onDenied: ({ groupActivity }, { chatId }) => groupActivity.fetchOwn(chatId),
}
