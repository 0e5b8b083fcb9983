import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import type { MessageId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { Row } from './rows.ts'
import { messageBeside } from './scroll.ts'

interface MessageFocusOptions {
  rows: readonly Row[]
  scroller: RefObject<HTMLElement | null>
  focusedId: MessageId | null
  setFocusedId: (id: MessageId | null) => void
  /** Returns the message that the first arrow key focuses. */
  newestInView: () => Message | null
  /** Scrolls a row into view. */
  reveal: (index: number) => void
}

interface MessageFocus {
  to: (id: MessageId) => void
  move: (direction: 'up' | 'down') => void
  onFocus: (event: FocusEvent) => void
  onBlur: (event: FocusEvent) => void
}

/** Moves the focus between messages, including messages that are not mounted yet. */
export function useMessageFocus(options: MessageFocusOptions): MessageFocus {
  const { rows, scroller, focusedId, setFocusedId, newestInView, reveal } = options
  /** The message to focus when it is mounted. */
  const next = useRef<MessageId | null>(null)
  useLayoutEffect(() => {
    if (next.current === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-message-id="${next.current}"]`)
    if (row === null || row === undefined) return
    row.focus({ preventScroll: true })
    next.current = null
  })

  const idAt = (element: Element): MessageId | null => {
    const shown = element.closest<HTMLElement>('[data-message-id]')?.dataset['messageId']
    const row = rows.find(({ key }) => key === shown)
    return row?.kind === 'message' ? row.key : null
  }

  const to = (target: MessageId): void => {
    next.current = target
    setFocusedId(target)
    reveal(rows.findIndex((row) => row.key === target))
  }

  return {
    to,
    move(direction) {
      const entered = focusedId === null ? newestInView()?.id : undefined
      const target = entered ?? messageBeside(rows, focusedId, direction)
      if (target !== null) to(target)
    },
    onFocus: (event) => setFocusedId(idAt(event.target)),
    onBlur: (event) => {
      const stays = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
      if (!stays) setFocusedId(null)
    },
  }
}
