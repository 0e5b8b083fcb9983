import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'

/** Number of rows that PageUp and PageDown move the focus. */
const PAGE = 8

interface RowFocusOptions {
  chatIds: readonly ChatId[]
  /** Index of the row in the tab order. */
  activeIndex: number
  setFocusId: (id: ChatId) => void
  scroller: RefObject<HTMLElement | null>
  /** Scrolls a row into view. */
  reveal: (index: number) => void
  onLeaveUp: () => void
}

/** Returns a key handler that moves the focus between rows, including rows that are not mounted yet. */
export function useRowFocus(options: RowFocusOptions): (event: KeyboardEvent) => void {
  const { chatIds, activeIndex, setFocusId, scroller, reveal, onLeaveUp } = options
  // The row to focus. If it is outside the view, only the next render mounts it.
  const next = useRef<ChatId | null>(null)
  useEffect(() => {
    if (next.current === null) return
    const row = scroller.current?.querySelector(`[data-chat-id="${next.current}"]`)
    if (!(row instanceof HTMLElement)) return
    next.current = null
    row.focus({ preventScroll: true })
  })

  const focusRow = (index: number): void => {
    const id = chatIds[index]
    if (id === undefined) return
    reveal(index)
    setFocusId(id)
    next.current = id
  }

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const last = chatIds.length - 1
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(last, activeIndex + 1),
      ArrowUp: activeIndex - 1,
      Home: 0,
      End: last,
      PageDown: Math.min(last, activeIndex + PAGE),
      PageUp: Math.max(0, activeIndex - PAGE),
    }
    const target = moves[event.key]
    if (target === undefined) return
    event.preventDefault()
    if (target < 0) onLeaveUp()
    else focusRow(target)
  }
}
