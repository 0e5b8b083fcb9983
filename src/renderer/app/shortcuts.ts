import type { Shortcut } from '../ui/shortcut.ts'

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
