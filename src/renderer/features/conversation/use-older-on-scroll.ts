import { type RefObject, useEffect } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { OLDER_THRESHOLD_PX } from './scroll.ts'
import { useConversationState } from './use-conversation-state.ts'

/** Loads older pages while the reader is near the top. Call the returned function on every scroll. */
export function useOlderOnScroll(chatId: ChatId, scroller: RefObject<HTMLElement | null>): () => void {
  const services = useServices()
  const { hasOlder, loadingOlder, olderFailed } = useConversationState(chatId)
  const load = (): void => {
    const element = scroller.current
    if (!hasOlder || loadingOlder || olderFailed || element === null) return
    if (element.scrollTop > OLDER_THRESHOLD_PX) return
    services.conversation
      .loadOlder()
      .catch((error: unknown) => services.app.report('conversation.older', error))
  }
  // After a short page, the reader may still be near the top.
  useEffect(load)
  return load
}
