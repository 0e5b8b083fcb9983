import { independent, retry, type IntentWriter } from './intent.ts'

export const receipt: IntentWriter<'receipt'> = {
  ...independent,
  write: ({ receipts }, { chatId, memberIds, ...watermarks }) =>
    receipts.writeWatermarks(chatId, memberIds, watermarks),
  onDenied: retry,
}
