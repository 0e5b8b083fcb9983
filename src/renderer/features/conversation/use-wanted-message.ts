import { useEffect } from 'react'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { messagesIn, type Row } from './rows.ts'
import { rowWith } from './scroll.ts'
import { useConversationState } from './use-conversation-state.ts'
import type { ChatId } from '#shared/domain/ids.ts'

/** Goes to the message that the person wants to see, as soon as it is loaded. Loads older pages until it is. */
export function useWantedMessage(chatId: ChatId, rows: readonly Row[], goTo: (key: string) => void): void {
  const { app, conversation } = useServices()
  const showError = useShowError()
  const wanted = useAppStore(({ navigation }) => navigation.wanted)
  const { hasOlder, loadingOlder, olderFailed } = useConversationState(chatId)
  const found = wanted === null ? undefined : rows.flatMap(messagesIn).find(({ id }) => id === wanted)
  const key = rowWith(rows, found ?? null)
  const loads = wanted !== null && key === null && hasOlder && !olderFailed
  const isOver = wanted !== null && key === null && !loads
  useEffect(() => {
    if (key !== null) goTo(key)
    if (key !== null || isOver) app.navigate({ wanted: null })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- goTo is another function on every render
  }, [key, isOver, app])
  useEffect(() => {
    if (loads && !loadingOlder) conversation.loadOlder().catch(showError)
  }, [loads, loadingOlder, conversation, showError])
}
