/** A shortcut as code names it: modifiers first, `Mod` for Ctrl (on a Mac: Cmd), then the key as `KeyboardEvent.key`. */
export type Shortcut = string

/** The app-wide keys: what the window listens to and what the sheet shows, in its order. */
export const shortcuts = {
  newChat: { keys: 'Mod+N', label: 'app.shortcutNewChat' },
  filter: { keys: 'Mod+K', label: 'app.shortcutFilter' },
  previous: { keys: 'Alt+ArrowUp', label: 'app.shortcutPrevious' },
  next: { keys: 'Alt+ArrowDown', label: 'app.shortcutNext' },
  back: { keys: 'Escape', label: 'app.shortcutBack' },
  settings: { keys: 'Mod+,', label: 'app.shortcutSettings' },
  sheet: { keys: 'Mod+/', label: 'app.shortcutSheet' },
} as const satisfies Record<string, { keys: Shortcut; label: string }>

export type ShortcutName = keyof typeof shortcuts

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
