import { useEffect, useEffectEvent } from 'react'
import { isMac, runShortcut, type Commands } from './shortcuts.ts'

const POPUPS = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]'

/** On a Mac, Option with an arrow key moves the caret or the selection in a text. */
function movesCaret({ altKey, target }: KeyboardEvent): boolean {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return isMac && altKey && isField && target.value !== ''
}

/**
 * Listens for shortcuts in the whole window. Ignores keys that were handled already, and all keys while a menu or dialog is open.
 * The same key may close that popup before the event bubbles up here, so popups are looked up in the capture phase.
 */
export function useShortcuts(commands: Commands<'window'> | Commands<'conversation'>): void {
  const run = useEffectEvent((event: KeyboardEvent) => runShortcut(event, commands))
  useEffect(() => {
    let popupOpen = false
    const onCapture = (): void => {
      // A list that has the focus keeps its popup in the page, hidden.
      popupOpen = [...document.querySelectorAll(POPUPS)].some((popup) => popup.checkVisibility())
    }
    const onBubble = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && !popupOpen && !movesCaret(event)) run(event)
    }
    window.addEventListener('keydown', onCapture, { capture: true })
    window.addEventListener('keydown', onBubble)
    return () => {
      window.removeEventListener('keydown', onCapture, { capture: true })
      window.removeEventListener('keydown', onBubble)
    }
  }, [])
}
