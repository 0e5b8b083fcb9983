import { useEffect, useEffectEvent } from 'react'
import { matchesShortcut, shortcuts, type ShortcutName } from '../ui/shortcuts.ts'

const POPUPS = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]'

const isShortcutName = (name: string): name is ShortcutName => Object.hasOwn(shortcuts, name)
const names = Object.keys(shortcuts).filter(isShortcutName)

function nameOfKeys(event: KeyboardEvent): ShortcutName | null {
  return names.find((name) => matchesShortcut(event, shortcuts[name].keys)) ?? null
}

/**
 * Listens for the app-wide keys. They yield to whoever handled a key before, and to an open menu or dialog, whose keys
 * they are (it may be gone by the time the key gets here: so that is asked on the way down).
 */
export function useShortcuts(run: (name: ShortcutName) => void): void {
  const runNow = useEffectEvent(run)
  useEffect(() => {
    let popupOpen = false
    const before = (): void => {
      popupOpen = document.querySelector(POPUPS) !== null
    }
    const after = (event: KeyboardEvent): void => {
      const name = event.isComposing || event.defaultPrevented || popupOpen ? null : nameOfKeys(event)
      if (name === null) return
      event.preventDefault()
      runNow(name)
    }
    window.addEventListener('keydown', before, { capture: true })
    window.addEventListener('keydown', after)
    return () => {
      window.removeEventListener('keydown', before, { capture: true })
      window.removeEventListener('keydown', after)
    }
  }, [])
}
