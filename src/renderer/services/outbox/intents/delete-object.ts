import { membersOfDirectChat, type ChatId } from '#shared/domain/ids.ts'
import type { ObjectId } from '#shared/messages/attachment.ts'
import type { Wire } from '../../../data/wire.ts'
import { neverHeld, type IntentWriter } from './intent.ts'

export const deleteObject: IntentWriter<'deleteObject'> = {
  ...neverHeld,
  async write({ wire, transfers }, payload) {
    const { object } = payload
    // The server may have refused the new photo, or another device may have the last word.
    if ('userId' in payload) {
      if ((await wire.owner.photo())?.object === object) return { outcome: 'done' }
      return transfers.deleteObject({ userId: payload.userId }, object)
    }
    const { chatId } = payload
    if (await isUsedInChat(wire, chatId, object)) return { outcome: 'done' }
    return transfers.deleteObject({ chatId }, object)
  },
  // This person is no longer a member: the server lets them neither look nor delete.
  onDenied: null,
}

/** The same bytes may have been sent again in a message that this device does not have. Only a group has a photo. */
async function isUsedInChat(wire: Wire, chatId: ChatId, object: ObjectId): Promise<boolean> {
  if (await wire.messages.hasObject(chatId, object)) return true
  if (membersOfDirectChat(chatId).length > 0) return false
  return (await wire.chats.get(chatId))?.group?.photo?.object === object
}
