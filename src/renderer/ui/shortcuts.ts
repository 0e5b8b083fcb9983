/** For example `Mod+Shift+F`: modifiers, then the key as in `KeyboardEvent.key`. `Mod` is Ctrl, or Cmd on a Mac. */
export type Shortcut = string

/** App-wide shortcuts. The shortcut sheet lists them in this order. */
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

const macLabels: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
const labels: Readonly<Record<string, string>> = { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** Returns the labels of a shortcut's keys for the platform. */
export function shortcutKeys(shortcut: Shortcut, mac = isMac): string[] {
  return shortcut.split('+').map((key) => (mac ? macLabels[key] : undefined) ?? labels[key] ?? key)
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
    // Symbols such as `/` need Shift on some keyboards, so Shift is ignored for them.
    (event.shiftKey === keys.includes('Shift') || !/^[a-z0-9]$|^[A-Z][a-z]+/iu.test(key))
  )
}
