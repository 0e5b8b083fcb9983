import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import { runShortcut, type Commands } from './shortcuts.ts'

/** Number of rows that PageUp and PageDown move the focus. */
const PAGE = 8

interface RowFocusOptions<Id extends string> {
  ids: readonly Id[]
  /** Index of the row in the tab order. */
  activeIndex: number
  setFocusId: (id: Id) => void
  /** Contains the rows: elements with `data-row-id`. */
  list: RefObject<HTMLElement | null>
  /** Scrolls a row into view. */
  reveal: (index: number) => void
  /** Called for ArrowUp on the first row. */
  onLeaveUp: () => void
}

/** Returns a key handler that moves the focus between rows, including rows that are not mounted yet. */
export function useRowFocus<Id extends string>(options: RowFocusOptions<Id>): (event: KeyboardEvent) => void {
  const { ids, activeIndex, setFocusId, list, reveal, onLeaveUp } = options
  // The row to focus. If it is outside the view, only the next render mounts it.
  const next = useRef<Id | null>(null)
  useEffect(() => {
    if (next.current === null) return
    const row = list.current?.querySelector(`[data-row-id="${next.current}"]`)
    if (!(row instanceof HTMLElement)) return
    next.current = null
    row.focus({ preventScroll: true })
  })

  const focusRow = (index: number): void => {
    const id = ids[index]
    if (id === undefined) return
    reveal(index)
    setFocusId(id)
    next.current = id
  }

  const last = ids.length - 1
  const move = (by: number): void => focusRow(Math.max(0, Math.min(last, activeIndex + by)))
  const commands: Commands<'rows'> = {
    moveInList({ key }) {
      if (key === 'ArrowUp' && activeIndex === 0) onLeaveUp()
      else move(key === 'ArrowUp' ? -1 : 1)
    },
    pageInList: ({ key }) => move(key === 'PageUp' ? -PAGE : PAGE),
    endsOfList: ({ key }) => focusRow(key === 'Home' ? 0 : last),
    openRow: 'native',
    rowMenu: 'native',
  }
  return ({ nativeEvent }) => runShortcut(nativeEvent, commands)
}
