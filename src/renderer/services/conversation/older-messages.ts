import { positionOf, type Message } from '#shared/messages/envelope.ts'
import type { AppStore, ConversationState } from '../../stores/app-store.ts'
import type { AccountSession } from '../session/account-session.ts'

/** One page of the list, in messages. */
export const PAGE = 60

/** The page before the first message that is shown: from the replica, and from the server when the replica has no more. */
export async function loadOlderPage(
  session: AccountSession,
  store: AppStore,
  { chatId, keys }: ConversationState,
): Promise<{ messages: Message[]; hasMore: boolean }> {
  const isComplete = (): boolean => store.getState().chats.get(chatId)?.historyComplete ?? false
  const first = keys[0] && store.getState().messages.get(keys[0])
  const before = first ? positionOf(first) : null
  const read = (): Promise<Message[]> =>
    session.replica.call('replica.messages', { chatId, before, limit: PAGE })
  let page = await read()
  if (page.length === 0 && !isComplete()) {
    const { messages } = await session.whenLive()
    await messages.loadHistory(chatId)
    page = await read()
  }
  return { messages: page, hasMore: page.length >= PAGE || !isComplete() }
}
