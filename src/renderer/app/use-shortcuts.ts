import { useEffect, useEffectEvent } from 'react'
import { matchesShortcut, shortcuts, type ShortcutName } from '../ui/shortcuts.ts'

const POPUPS = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]'

const isShortcutName = (name: string): name is ShortcutName => Object.hasOwn(shortcuts, name)
const names = Object.keys(shortcuts).filter(isShortcutName)

function nameOfKeys(event: KeyboardEvent): ShortcutName | null {
  return names.find((name) => matchesShortcut(event, shortcuts[name].keys)) ?? null
}

/**
 * Listens for the app-wide shortcuts. Ignores keys that were handled already, and all keys while a menu or dialog is open.
 * The same key may close that popup before the event bubbles up here, so popups are looked up in the capture phase.
 */
export function useShortcuts(run: (name: ShortcutName) => void): void {
  const runNow = useEffectEvent(run)
  useEffect(() => {
    let popupOpen = false
    const onCapture = (): void => {
      popupOpen = document.querySelector(POPUPS) !== null
    }
    const onBubble = (event: KeyboardEvent): void => {
      const name = event.isComposing || event.defaultPrevented || popupOpen ? null : nameOfKeys(event)
      if (name === null) return
      event.preventDefault()
      runNow(name)
    }
    window.addEventListener('keydown', onCapture, { capture: true })
    window.addEventListener('keydown', onBubble)
    return () => {
      window.removeEventListener('keydown', onCapture, { capture: true })
      window.removeEventListener('keydown', onBubble)
    }
  }, [])
}
