import type { IntentWriter } from './intent.ts'

export const send: IntentWriter<'send'> = {
  write: ({ sender }, message) => sender.send(message),
  // The sender handles denials itself: a denied message may have been delivered.
  onDenied: null,
  isBlocked: ({ sender }, { chatId }) => sender.isCreating(chatId),
  // The wire may have the message already. The rules deny it a second time, and after every denial the SDK opens a new stream.
  catchUpGroup: ({ chatId }) => chatId,
}
