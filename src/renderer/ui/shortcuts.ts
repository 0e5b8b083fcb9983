/**
 * For example `Mod+Shift+F`: modifiers, then the key as in `KeyboardEvent.key`. `Mod` is Ctrl, or Cmd on a Mac. `Ctrl` is Ctrl
 * everywhere. The key `1…9` stands for these nine digits.
 */
export type Shortcut = string

interface ShortcutEntry {
  /** The part of the shortcut sheet. */
  group: 'navigate' | 'chat' | 'write'
  /** The element or component that handles the keys: see `Commands`. `app`: also while a menu or dialog is open. */
  scope: 'app' | 'window' | 'conversation' | 'search' | 'rows' | 'messages' | 'composer'
  keys: Shortcut
  also?: readonly Shortcut[]
  /** The keys while the setting `enterSends` is off. */
  ifEnterBreaks?: readonly Shortcut[]
}

/**
 * All shortcuts after sign-in, without the keys of single controls such as menus. The shortcut sheet lists them in this order, with the texts of `shortcuts` in the
 * catalogue. On a Mac, Cmd+Tab, Cmd+` and Cmd+M belong to the system, so chats are switched with Ctrl+Tab there too.
 */
export const shortcuts = {
  filter: { group: 'navigate', scope: 'window', keys: 'Mod+K' },
  newChat: { group: 'navigate', scope: 'window', keys: 'Mod+N' },
  previous: {
    group: 'navigate',
    scope: 'window',
    keys: 'Alt+ArrowUp',
    also: ['Ctrl+Shift+Tab', 'Ctrl+PageUp'],
  },
  next: { group: 'navigate', scope: 'window', keys: 'Alt+ArrowDown', also: ['Ctrl+Tab', 'Ctrl+PageDown'] },
  previousUnread: { group: 'navigate', scope: 'window', keys: 'Alt+Shift+ArrowUp' },
  nextUnread: { group: 'navigate', scope: 'window', keys: 'Alt+Shift+ArrowDown' },
  nthChat: { group: 'navigate', scope: 'window', keys: 'Mod+1…9' },
  nextPane: { group: 'navigate', scope: 'window', keys: 'F6' },
  previousPane: { group: 'navigate', scope: 'window', keys: 'Shift+F6' },
  back: { group: 'navigate', scope: 'window', keys: 'Escape' },
  settings: { group: 'navigate', scope: 'window', keys: 'Mod+,' },
  sheet: { group: 'navigate', scope: 'window', keys: 'Mod+/' },
  lock: { group: 'navigate', scope: 'app', keys: 'Mod+L' },
  firstResult: { group: 'navigate', scope: 'search', keys: 'Enter' },
  toResults: { group: 'navigate', scope: 'search', keys: 'ArrowDown' },
  clearSearch: { group: 'navigate', scope: 'search', keys: 'Escape' },
  moveInList: { group: 'navigate', scope: 'rows', keys: 'ArrowUp', also: ['ArrowDown'] },
  pageInList: { group: 'navigate', scope: 'rows', keys: 'PageUp', also: ['PageDown'] },
  endsOfList: { group: 'navigate', scope: 'rows', keys: 'Home', also: ['End'] },
  openRow: { group: 'navigate', scope: 'rows', keys: 'Enter' },
  rowMenu: { group: 'navigate', scope: 'rows', keys: 'Shift+F10', also: ['ContextMenu'] },

  details: { group: 'chat', scope: 'window', keys: 'Mod+.' },
  newest: { group: 'chat', scope: 'conversation', keys: 'Mod+J' },
  archive: { group: 'chat', scope: 'window', keys: 'Mod+Shift+A' },
  // With IBus, a text field takes Ctrl+Shift+U to enter a code point. Other messengers use it all the same.
  markUnread: { group: 'chat', scope: 'window', keys: 'Mod+Shift+U' },
  mute: { group: 'chat', scope: 'window', keys: 'Mod+Shift+M' },
  markAllRead: { group: 'chat', scope: 'window', keys: 'Shift+Escape' },
  moveInMessages: { group: 'chat', scope: 'messages', keys: 'ArrowUp', also: ['ArrowDown'] },
  pageInMessages: { group: 'chat', scope: 'messages', keys: 'PageUp', also: ['PageDown'] },
  endsOfMessages: { group: 'chat', scope: 'messages', keys: 'Home', also: ['End'] },
  messageMenu: { group: 'chat', scope: 'messages', keys: 'Shift+F10', also: ['ContextMenu'] },
  copyMessage: { group: 'chat', scope: 'messages', keys: 'Mod+C' },
  retryMessage: { group: 'chat', scope: 'messages', keys: 'Enter' },
  // The key that a Mac calls Delete is Backspace.
  deleteMessage: { group: 'chat', scope: 'messages', keys: 'Delete', also: ['Backspace'] },

  send: {
    group: 'write',
    scope: 'composer',
    keys: 'Enter',
    also: ['Mod+Enter'],
    ifEnterBreaks: ['Mod+Enter'],
  },
  newLine: {
    group: 'write',
    scope: 'composer',
    keys: 'Shift+Enter',
    ifEnterBreaks: ['Enter', 'Shift+Enter'],
  },
  attach: { group: 'write', scope: 'conversation', keys: 'Mod+U' },
  record: { group: 'write', scope: 'conversation', keys: 'Mod+Shift+R' },
  bold: { group: 'write', scope: 'composer', keys: 'Mod+B' },
  italic: { group: 'write', scope: 'composer', keys: 'Mod+I' },
  strike: { group: 'write', scope: 'composer', keys: 'Mod+Shift+X' },
  code: { group: 'write', scope: 'composer', keys: 'Mod+E' },
  pageFromComposer: { group: 'write', scope: 'composer', keys: 'PageUp', also: ['PageDown'] },
} as const satisfies Record<string, ShortcutEntry>

type Table = typeof shortcuts
export type ShortcutName = keyof Table
export type ShortcutGroup = ShortcutEntry['group']
type ShortcutIn<S extends ShortcutEntry['scope']> = {
  [N in ShortcutName]: Table[N]['scope'] extends S ? N : never
}[ShortcutName]

const isShortcutName = (name: string): name is ShortcutName => Object.hasOwn(shortcuts, name)
export const shortcutNames = Object.keys(shortcuts).filter(isShortcutName)

/** All key combinations of a shortcut. */
export function keysOf(name: ShortcutName, enterSends: boolean): readonly Shortcut[] {
  const { keys, also = [], ifEnterBreaks }: ShortcutEntry = shortcuts[name]
  return !enterSends && ifEnterBreaks !== undefined ? ifEnterBreaks : [keys, ...also]
}

/** Returns false if the key should do what the browser does with it. `native`: the browser does what the table says. */
type Command = ((event: KeyboardEvent) => boolean | void) | 'native'

/** What the shortcuts of a scope do. It has an entry for each of them, so that the sheet lists no key that does nothing. */
export type Commands<S extends ShortcutEntry['scope']> = Readonly<Record<ShortcutIn<S>, Command>>

/** Runs the command for the pressed keys, if there is one. Does nothing while an input method is composing. */
export function runShortcut(
  event: KeyboardEvent,
  commands: Readonly<Partial<Record<ShortcutName, Command>>>,
  enterSends = true,
): void {
  if (event.isComposing) return
  const name = shortcutNames.find(
    (one) =>
      commands[one] !== undefined && keysOf(one, enterSends).some((keys) => matchesShortcut(event, keys)),
  )
  const command = name === undefined ? undefined : commands[name]
  if (command === undefined || command === 'native') return
  if (command(event) !== false) event.preventDefault()
}

export const isMac = navigator.platform.startsWith('Mac')

const macLabels: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' }
const labels: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  ContextMenu: 'Menu',
}

/** Returns the labels of a shortcut's keys for the platform. */
export function shortcutKeys(shortcut: Shortcut, mac = isMac): string[] {
  return shortcut.split('+').map((key) => (mac ? macLabels[key] : undefined) ?? labels[key] ?? key)
}

export function shortcutLabel(shortcut: Shortcut, mac = isMac): string {
  return shortcutKeys(shortcut, mac).join(mac ? '' : '+')
}

type Keys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The digit of a pressed key. On some keyboards a digit needs Shift, so the place of the key counts too. */
export function digitOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): number | null {
  const digit = /^\d$/u.test(key) ? key : /^Digit(\d)$/u.exec(code)?.[1]
  return digit === undefined ? null : Number(digit)
}

/** On a keyboard without Latin letters, the place of the key counts. */
function hasKey(event: Keys, key: string): boolean {
  if (key === '1…9') return (digitOf(event) ?? 0) > 0
  if (event.key.toLowerCase() === key.toLowerCase()) return true
  return /^[^\p{ASCII}]$/u.test(event.key) && event.code === `Key${key}`
}

export function matchesShortcut(event: Keys, shortcut: Shortcut, mac = isMac): boolean {
  const keys = shortcut.split('+')
  const key = keys.at(-1) ?? ''
  const mod = keys.includes('Mod')
  return (
    hasKey(event, key) &&
    event.ctrlKey === (keys.includes('Ctrl') || (mod && !mac)) &&
    event.metaKey === (mod && mac) &&
    event.altKey === keys.includes('Alt') &&
    // Symbols such as `/` need Shift on some keyboards, so Shift is ignored for them.
    (event.shiftKey === keys.includes('Shift') || !/^[a-z0-9]/iu.test(key))
  )
}
