import type { Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, type RefObject, useImperativeHandle } from 'react'
import { type Commands, runShortcut } from '../../ui/shortcuts.ts'

export interface MessageListHandle {
  /** Scrolls by 90% of the visible height. */
  page(direction: 'up' | 'down'): void
  toNewest(): void
}

interface ListKeysOptions {
  ref: Ref<MessageListHandle>
  scroller: RefObject<HTMLElement | null>
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>
  scrollToEnd: () => void
  /** Moves the focus to the message above or below. */
  moveFocus: (direction: 'up' | 'down') => void
  /** What other keys do to the focused message. */
  messageCommands: Pick<Commands<'messages'>, 'copyMessage' | 'retryMessage' | 'deleteMessage'>
}

/** Returns the key handler of the message list. Through `ref`, the composer can page the list too. */
export function useListKeys(options: ListKeysOptions): (event: KeyboardEvent) => void {
  const { ref, scroller, virtualizer, scrollToEnd, moveFocus, messageCommands } = options
  const page = (direction: 'up' | 'down'): void => {
    const element = scroller.current
    element?.scrollBy({ top: (direction === 'up' ? -0.9 : 0.9) * element.clientHeight, behavior: 'instant' })
  }
  useImperativeHandle(ref, () => ({ page, toNewest: scrollToEnd }))

  // Keys scroll instantly: smooth scrolling would stop early, because rows are measured on the way.
  const commands: Commands<'messages'> = {
    moveInMessages: ({ key }) => moveFocus(key === 'ArrowUp' ? 'up' : 'down'),
    pageInMessages: ({ key }) => page(key === 'PageUp' ? 'up' : 'down'),
    endsOfMessages: ({ key }) => (key === 'Home' ? virtualizer.scrollToOffset(0) : scrollToEnd()),
    messageMenu: 'native',
    ...messageCommands,
  }
  return ({ nativeEvent }) => runShortcut(nativeEvent, commands)
}
