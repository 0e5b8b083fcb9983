/** A short message that disappears after some seconds. */
export interface Toast {
  id: number
  text: string
  tone: 'info' | 'error'
  action?: ToastAction
}

/** What the person can do about what the toast reports, such as to take it back. */
export interface ToastAction {
  label: string
  run: () => void
}

const MAX_SHOWN = 2

let shown: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function show(next: readonly Toast[]): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Shows a toast. Screen readers announce `error` immediately. */
export function notify(text: string, tone: Toast['tone'] = 'info', action?: ToastAction): void {
  lastId += 1
  const toast: Toast = { id: lastId, text, tone, ...(action && { action }) }
  // The new toast replaces an older one with the same text.
  show([...shown.filter((other) => other.text !== text), toast].slice(-MAX_SHOWN))
}

export function dismissToast(id: number): void {
  show(shown.filter((toast) => toast.id !== id))
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function shownToasts(): readonly Toast[] {
  return shown
}
