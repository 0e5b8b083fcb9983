import { loadActivity } from '../activities.ts'
import type { IntentLoader } from './intent.ts'

/** The account's own watermarks in a chat. */
export const receipt: IntentLoader<'receipt'> = {
  load(context, { chatId }) {
    if (chatId === null) return undefined
    const own = loadActivity(context, chatId, context.me)
    return { chatId, deliveredAt: own?.deliveredAt, readAt: own?.readAt }
  },
  end: () => undefined,
  fail: null,
}
