import { type RefObject, useEffect } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { OLDER_THRESHOLD_PX } from './scroll.ts'
import { useConversationState } from './use-conversation-state.ts'

/** Asks for one older page after another while the reader is near the top. Call the result on every scroll. */
export function useLoadOlder(chatId: ChatId, scroller: RefObject<HTMLElement | null>): () => void {
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
  // A page may be shorter than the room above.
  useEffect(load)
  return load
}
