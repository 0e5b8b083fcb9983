import { useEffect, useRef } from 'react'
import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { isAfter } from './scroll.ts'

/**
 * Says which of the others' messages was seen: in view, while the window has the focus, by more than a link. Call the result
 * whenever the view may have changed; the focus coming back is heard here.
 */
export function useSeen(
  chatId: ChatId,
  messages: readonly Message[],
  newestInView: () => Message | null,
): () => void {
  const services = useServices()
  const isLooking = useAppStore(({ windowFocused, broughtUpByLink }) => windowFocused && !broughtUpByLink)
  const told = useRef<MessageId | null>(null)

  const tell = (): void => {
    if (!isLooking || !document.hasFocus()) return
    const newest = newestInView()
    if (newest === null || !isAfter(messages, newest.id, told.current)) return
    told.current = newest.id
    services.conversation.seen(chatId, newest.id)
  }

  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  useEffect(() => {
    const onFocus = (): void => latest.current()
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [])
  return tell
}
