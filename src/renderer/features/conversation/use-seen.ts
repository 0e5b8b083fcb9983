import { useEffect, useRef } from 'react'
import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { isAfter } from './scroll.ts'

/**
 * Reports that the newest visible message from others was seen. Waits while the window has no focus. After a link has opened
 * the window, it also waits for the first input. Call the returned function when the view may have changed; the hook itself
 * listens for the window focus.
 */
export function useSeen(
  chatId: ChatId,
  messages: readonly Message[],
  newestInView: () => Message | null,
): () => void {
  const services = useServices()
  const isLooking = useAppStore(({ windowFocused, openedByLink }) => windowFocused && !openedByLink)
  const reported = useRef<MessageId | null>(null)

  const report = (): void => {
    if (!isLooking || !document.hasFocus()) return
    const newest = newestInView()
    if (newest === null || !isAfter(messages, newest.id, reported.current)) return
    reported.current = newest.id
    services.conversation.seen(chatId, newest.id)
  }

  const latest = useRef(report)
  useEffect(() => {
    latest.current = report
  })
  useEffect(() => {
    const onFocus = (): void => latest.current()
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [])
  return report
}
