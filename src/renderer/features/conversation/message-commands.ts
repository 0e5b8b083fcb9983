import { displayText } from '#shared/domain/display-text.ts'
import { copyTextOf, forwardedBody } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import type { MentionName } from '#shared/messages/mentions.ts'
import type { Commands } from '../../ui/shortcuts.ts'
import type { RowActions } from './use-row-actions.ts'

/** Whether sending again can succeed. A message that the rules denied will be denied again, and a lost file stays lost. */
export function canRetry({ delivery, failure }: Message): boolean {
  return delivery === 'failed' && failure !== 'denied' && failure !== 'lost'
}

/** A message that is not on the server yet can still fail, so it is not forwarded. */
export function mayForward({ body, sentAt }: Message): boolean {
  return sentAt !== null && forwardedBody(body) !== null
}

/** Returns what keys do to the focused message. Keys pressed on a button or link inside it belong to that. */
export function messageCommands(
  messages: readonly Message[],
  actions: RowActions,
  { mentionName, mayDelete }: { mentionName: MentionName; mayDelete: (message: Message) => boolean },
): Pick<Commands<'messages'>, 'copyMessage' | 'retryMessage' | 'deleteMessage'> {
  const focused = ({ target }: Event): Message | undefined => {
    const id = target instanceof HTMLElement ? target.dataset['messageId'] : undefined
    return messages.find((message) => message.id === id)
  }
  const on =
    (accepts: (message: Message) => boolean, run: (message: Message) => void) => (event: KeyboardEvent) => {
      const message = focused(event)
      if (message === undefined || !accepts(message)) return false
      run(message)
      return true
    }
  return {
    copyMessage(event) {
      const message = focused(event)
      const text = message === undefined ? null : copyTextOf(message.body, mentionName)
      // Selected text is copied by the browser.
      if (message === undefined || window.getSelection()?.isCollapsed === false) return false
      if (text === null && message.body?.kind === 'photo') {
        actions.file.copyImage(message)
        return true
      }
      if (text === null) return false
      actions.copy(displayText(text, TEXT_LIMIT))
      return true
    },
    retryMessage: on(canRetry, actions.retry),
    deleteMessage: on(
      (message) => message.delivery === 'failed' || mayDelete(message),
      (message) => (message.delivery === 'failed' ? actions.discard(message) : actions.askDelete(message)),
    ),
  }
}
