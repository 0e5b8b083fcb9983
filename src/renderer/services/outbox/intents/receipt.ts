import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const receipt: IntentWriter<'receipt'> = {
  ...neverHeld,
  write: ({ receipts }, { chatId, memberIds, ...watermarks }) =>
    receipts.writeWatermarks(chatId, memberIds, watermarks),
  onDenied: retry,
}
