import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { createFileActions, type FileActions } from '../../services/media/file-actions.ts'
import { useServices } from '../../services/use-services.ts'
import { fileNotices } from '../../ui/media/file-notices.ts'
import { useShowError } from '../../ui/use-show-error.ts'

/** The actions of a message row. */
export interface RowActions {
  openLink: (url: string) => void
  copy: (text: string) => void
  retry: (message: Message) => void
  discard: (message: Message) => void
  /** Asks whether to delete a message for everyone. */
  askDelete: (message: Message) => void
  /** Lists who has received and read an own message of a group. */
  showInfo: (message: Message) => void
  /** Asks to which chats to send a copy. */
  forward: (message: Message) => void
  /** Shows a photo or video in the viewer. */
  view: (message: Message) => void
  file: FileActions
  /** Shows or hides the rest of a message: of a long text, or of one by someone who is blocked. */
  toggleExpanded: (id: MessageId) => void
  /** Shows or hides a run of events. */
  toggleRun: (ids: readonly MessageId[]) => void
}

/** Returns the row actions and the expanded messages. `actions` stays the same object, so that rows do not render again. */
export function useRowActions(callbacks: {
  onDiscard: (message: Message) => void
  onInfo: (id: MessageId) => void
  onDelete: (id: MessageId) => void
}): {
  actions: RowActions
  expanded: ReadonlySet<MessageId>
} {
  const { t } = useTranslation()
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
      askDelete: (message) => latest.current.onDelete(message.id),
      showInfo: (message) => latest.current.onInfo(message.id),
      forward: (message) => services.app.navigate({ forwarded: message }),
      view: ({ chatId, id }) => services.app.navigate({ viewed: { chatId, id } }),
      file: createFileActions({
        services,
        onError: showError,
        ...fileNotices(t),
      }),
      toggleExpanded: (id) => setExpanded((before) => toggled(before, [id])),
      toggleRun: (ids) => setExpanded((before) => toggled(before, ids)),
    }),
    [services, showError, t],
  )
  return { actions, expanded }
}

/** Without these ids if the set has one of them, else with all. */
function toggled(before: ReadonlySet<MessageId>, ids: readonly MessageId[]): ReadonlySet<MessageId> {
  const others = [...before].filter((id) => !ids.includes(id))
  return new Set(others.length < before.size ? others : [...before, ...ids])
}
