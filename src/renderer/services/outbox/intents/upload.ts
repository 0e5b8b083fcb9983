import { membersOfDirectChat } from '#shared/domain/ids.ts'
import { neverHeld, type IntentWriter } from './intent.ts'

export const upload: IntentWriter<'upload'> = {
  ...neverHeld,
  write: ({ transfers }, file) => transfers.upload(file),
  // The outcome says what was denied; `write` itself is never denied.
  onDenied: null,
  mustWait({ transfers, sender }, { object, place }) {
    if (transfers.isPaused(object)) return true
    // Storage asks the group's document who is a member, so the group must be on the wire.
    return (
      'chatId' in place && membersOfDirectChat(place.chatId).length === 0 && !sender.isOnWire(place.chatId)
    )
  },
}
