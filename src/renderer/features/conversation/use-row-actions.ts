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
  /** Shows or hides the rest of a message: of a long text, or of one by someone who is blocked. */
  toggleExpanded: (id: MessageId) => void
  /** Shows or hides a run of events. */
  toggleRun: (ids: readonly MessageId[]) => void
}

/** Returns the row actions and the expanded messages. `actions` stays the same object, so that rows do not render again. */
export function useRowActions(onDiscard: (message: Message) => void): {
  actions: RowActions
  expanded: ReadonlySet<MessageId>
} {
  const services = useServices()
  const showError = useShowError()
  const [expanded, setExpanded] = useState<ReadonlySet<MessageId>>(() => new Set())
  const discard = useRef(onDiscard)
  useLayoutEffect(() => {
    discard.current = onDiscard
  })
  const actions = useMemo<RowActions>(
    () => ({
      openLink: (url) => void services.app.openLink(url).catch(showError),
      copy: (text) => void services.app.copyText(text).catch(showError),
      retry: (message) => void services.conversation.retry(message.id).catch(showError),
      discard: (message) => discard.current(message),
      toggleExpanded: (id) => setExpanded((before) => toggled(before, [id])),
      toggleRun: (ids) => setExpanded((before) => toggled(before, ids)),
    }),
    [services, showError],
  )
  return { actions, expanded }
}

/** Without these ids if the set has one of them, else with all. */
function toggled(before: ReadonlySet<MessageId>, ids: readonly MessageId[]): ReadonlySet<MessageId> {
  const others = [...before].filter((id) => !ids.includes(id))
  return new Set(others.length < before.size ? others : [...before, ...ids])
}
