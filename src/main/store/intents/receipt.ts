import { loadActivity } from '../activities.ts'
import { fromJson } from '../context.ts'
import type { IntentLoader } from './intent.ts'

/** The account's own watermarks in a chat. */
export const receipt: IntentLoader<'receipt'> = {
  load(context, { chatId }) {
    if (chatId === null) return undefined
    // Reads only the members, not the whole chat: after a long time offline there is a receipt for every chat.
    const chat = context.db.get('SELECT member_ids FROM chats WHERE id = ?', chatId)
    const own = loadActivity(context, chatId, context.me)
    const memberIds = fromJson(chat?.['member_ids'])
    return { chatId, memberIds, deliveredAt: own?.deliveredAt, readAt: own?.readAt }
  },
  end: () => undefined,
  fail: null,
}
