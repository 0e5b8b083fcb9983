import type { Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, type RefObject, useImperativeHandle } from 'react'

export interface MessageListHandle {
  /** Scrolls by 90% of the visible height. */
  page(direction: 'up' | 'down'): void
}

interface ListKeysOptions {
  ref: Ref<MessageListHandle>
  scroller: RefObject<HTMLElement | null>
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>
  scrollToEnd: () => void
  /** Moves the focus to the message above or below. */
  moveFocus: (direction: 'up' | 'down') => void
}

/** Returns the key handler of the message list. Through `ref`, the composer can page the list too. */
export function useListKeys(options: ListKeysOptions): (event: KeyboardEvent) => void {
  const { ref, scroller, virtualizer, scrollToEnd, moveFocus } = options
  const page = (direction: 'up' | 'down'): void => {
    const element = scroller.current
    element?.scrollBy({ top: (direction === 'up' ? -0.9 : 0.9) * element.clientHeight, behavior: 'instant' })
  }
  useImperativeHandle(ref, () => ({ page }))

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    // Keys scroll instantly: smooth scrolling would stop early, because rows are measured on the way.
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
