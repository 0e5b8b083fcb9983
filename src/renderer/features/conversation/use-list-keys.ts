import type { Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, type RefObject, useImperativeHandle } from 'react'

export interface MessageListHandle {
  /** Scrolls by most of a screen. */
  page(direction: 'up' | 'down'): void
}

interface ListKeysOptions {
  ref: Ref<MessageListHandle>
  scroller: RefObject<HTMLElement | null>
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>
  scrollToEnd: () => void
  /** To the message above or below. */
  moveFocus: (direction: 'up' | 'down') => void
}

/** What keys do in the list of messages; those that page it work from the composer too, by `ref`. */
export function useListKeys(options: ListKeysOptions): (event: KeyboardEvent) => void {
  const { ref, scroller, virtualizer, scrollToEnd, moveFocus } = options
  const page = (direction: 'up' | 'down'): void => {
    const element = scroller.current
    element?.scrollBy({ top: (direction === 'up' ? -0.9 : 0.9) * element.clientHeight, behavior: 'instant' })
  }
  useImperativeHandle(ref, () => ({ page }))

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    // Scrolling by key is at once: on the way of a smooth one, rows are measured, which would end it early.
    const commands: Readonly<Record<string, () => void>> = {
      ArrowUp: () => moveFocus('up'),
      ArrowDown: () => moveFocus('down'),
      PageUp: () => page('up'),
      PageDown: () => page('down'),
      Home: () => virtualizer.scrollToOffset(0),
      End: scrollToEnd,
    }
    const command = commands[event.key]
    if (command === undefined) return
    event.preventDefault()
    command()
  }
}
