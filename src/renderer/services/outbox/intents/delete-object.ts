import { neverHeld, type IntentWriter } from './intent.ts'

export const deleteObject: IntentWriter<'deleteObject'> = {
  ...neverHeld,
  async write({ wire, transfers }, { chatId, object }) {
    // The same bytes may have been sent again in a message that this device does not have.
    if (await wire.messages.hasObject(chatId, object)) return { outcome: 'done' }
    return transfers.deleteObject({ chatId }, object)
  },
  // This person is no longer a member: the server lets them neither look nor delete.
  onDenied: null,
}
