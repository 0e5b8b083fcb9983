import { neverHeld, type IntentWriter } from './intent.ts'

export const chatState: IntentWriter<'chatState'> = {
  ...neverHeld,
  write: ({ wire }, state) => wire.owner.writeChatState(state),
  /** Denied when another device has read further. Merges its state, so that the retry does not move the read mark back. */
  async onDenied({ wire, replica }, { chatId }) {
    const state = await wire.owner.chatState(chatId)
    if (state === undefined) return
    await replica.call('replica.apply', { collection: 'chatStates', items: [state], cursor: null })
  },
}
