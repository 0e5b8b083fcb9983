/** A shortcut as code names it: modifiers first, `Mod` for Ctrl (on a Mac: Cmd), then the key as `KeyboardEvent.key`. */
export type Shortcut = string

export const isMac = navigator.platform.startsWith('Mac')

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
const signs: Readonly<Record<string, string>> = { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** The keys of a shortcut as the keyboard in front of the person names them. */
export function shortcutKeys(shortcut: Shortcut, mac = isMac): string[] {
  return shortcut.split('+').map((key) => (mac ? macSigns[key] : undefined) ?? signs[key] ?? key)
}

export function shortcutLabel(shortcut: Shortcut, mac = isMac): string {
  return shortcutKeys(shortcut, mac).join(mac ? '' : '+')
}

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export function matchesShortcut(event: Keys, shortcut: Shortcut, mac = isMac): boolean {
  const keys = shortcut.split('+')
  const key = keys.at(-1) ?? ''
  const mod = keys.includes('Mod')
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    event.ctrlKey === (mod && !mac) &&
    event.metaKey === (mod && mac) &&
    event.altKey === keys.includes('Alt') &&
    // A sign such as `/` needs Shift on some keyboards: then Shift says nothing.
    (event.shiftKey === keys.includes('Shift') || !/^[a-z0-9]$|^[A-Z][a-z]+/iu.test(key))
  )
}
