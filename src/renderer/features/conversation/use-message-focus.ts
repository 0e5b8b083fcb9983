import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import type { Message } from '#shared/messages/envelope.ts'
import { indexOfKey, type Row } from './rows.ts'
import { rowBeside, rowWith } from './scroll.ts'

interface MessageFocusOptions {
  rows: readonly Row[]
  scroller: RefObject<HTMLElement | null>
  /** The key of the focused row: a message or a fold of events. */
  focusedKey: string | null
  setFocusedKey: (key: string | null) => void
  /** Returns the message that the first arrow key focuses. */
  newestInView: () => Message | null
  /** Scrolls a row into view. */
  reveal: (index: number) => void
}

interface MessageFocus {
  /** Moves the focus to a row. */
  to: (key: string) => void
  move: (direction: 'up' | 'down') => void
  onFocus: (event: FocusEvent) => void
  onBlur: (event: FocusEvent) => void
}

/** Moves the focus between messages, including messages that are not mounted yet. */
export function useMessageFocus(options: MessageFocusOptions): MessageFocus {
  const { rows, scroller, focusedKey, setFocusedKey, newestInView, reveal } = options
  /** The row to focus when it is mounted. */
  const next = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (next.current === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row-key="${next.current}"]`)
    if (row === null || row === undefined) return
    row.focus({ preventScroll: true })
    next.current = null
  })

  const keyAt = (element: Element): string | null =>
    element.closest<HTMLElement>('[data-row-key]')?.dataset['rowKey'] ?? null

  const to = (target: string): void => {
    next.current = target
    setFocusedKey(target)
    reveal(indexOfKey(rows, target))
  }

  return {
    to,
    move(direction) {
      const entered = focusedKey === null ? rowWith(rows, newestInView()) : null
      const target = entered ?? rowBeside(rows, focusedKey, direction)
      if (target !== null) to(target)
    },
    onFocus: (event) => setFocusedKey(keyAt(event.target)),
    onBlur: (event) => {
      const stays = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
      if (!stays) setFocusedKey(null)
    },
  }
}
