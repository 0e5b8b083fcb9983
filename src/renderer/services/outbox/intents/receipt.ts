import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const receipt: IntentWriter<'receipt'> = {
  ...neverHeld,
  write: ({ receipts }, { chatId, ...watermarks }) => receipts.writeWatermarks(chatId, watermarks),
  onDenied: retry,
}
