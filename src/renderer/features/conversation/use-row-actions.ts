import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { MessageId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useShowError } from '../../ui/use-show-error.ts'

/** The actions of a message row. */
export interface RowActions {
  openLink: (url: string) => void
  copy: (text: string) => void
  retry: (message: Message) => void
  discard: (message: Message) => void
  /** Lists who has received and read an own message of a group. */
  showInfo: (message: Message) => void
  toggleExpanded: (id: MessageId) => void
}

/** Returns the row actions and the expanded messages. `actions` stays the same object, so that rows do not render again. */
export function useRowActions(callbacks: {
  onDiscard: (message: Message) => void
  onInfo: (id: MessageId) => void
}): {
  actions: RowActions
  expanded: ReadonlySet<MessageId>
} {
  const services = useServices()
  const showError = useShowError()
  const [expanded, setExpanded] = useState<ReadonlySet<MessageId>>(() => new Set())
  const latest = useRef(callbacks)
  useLayoutEffect(() => {
    latest.current = callbacks
  })
  const actions = useMemo<RowActions>(
    () => ({
      openLink: (url) => void services.app.openLink(url).catch(showError),
      copy: (text) => void services.app.copyText(text).catch(showError),
      retry: (message) => void services.conversation.retry(message.id).catch(showError),
      discard: (message) => latest.current.onDiscard(message),
      showInfo: (message) => latest.current.onInfo(message.id),
      toggleExpanded: (id) =>
        setExpanded((before) => {
          const after = new Set(before)
          if (!after.delete(id)) after.add(id)
          return after
        }),
    }),
    [services, showError],
  )
  return { actions, expanded }
}
