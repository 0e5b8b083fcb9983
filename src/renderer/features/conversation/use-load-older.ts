import { type RefObject, useEffect, useRef } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { OLDER_THRESHOLD_PX } from './scroll.ts'
import { useConversationState } from './use-conversation-state.ts'

/** Asks for one older page after another while the reader is near the top. Call the result on every scroll. */
export function useLoadOlder(chatId: ChatId, scroller: RefObject<HTMLElement | null>): () => void {
  const services = useServices()
  const { hasOlder, loadingOlder, olderFailed } = useConversationState(chatId)
  /** Bridges the time until the store says `loadingOlder`. */
  const asked = useRef(false)

  const load = (): void => {
    const element = scroller.current
    if (!hasOlder || loadingOlder || olderFailed || asked.current || element === null) return
    if (element.scrollTop > OLDER_THRESHOLD_PX) return
    asked.current = true
    const settle = (): void => {
      asked.current = false
    }
    services.conversation.loadOlder().then(settle, (error: unknown) => {
      settle()
      services.app.report('older messages', error)
    })
  }

  useEffect(() => {
    if (loadingOlder) asked.current = false
    // A page may be shorter than the room above.
    load()
  })
  return load
}
