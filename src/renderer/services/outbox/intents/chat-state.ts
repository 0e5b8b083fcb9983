import { neverHeld, type IntentWriter } from './intent.ts'

export const chatState: IntentWriter<'chatState'> = {
  ...neverHeld,
  write: ({ wire }, state) => wire.owner.writeChatState(state),
  /** Another device has read further. Its state is merged, so that the retry does not move back. */
  async onDenied({ wire, replica }, { chatId }) {
    const state = await wire.owner.chatState(chatId)
    if (state === undefined) return
    await replica.call('replica.apply', { collection: 'chatStates', items: [state], cursor: null })
  },
}
