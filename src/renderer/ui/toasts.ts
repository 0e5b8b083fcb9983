/** A text shown in passing. */
export interface Toast {
  id: number
  text: string
  tone: 'info' | 'error'
}

const MOST_SHOWN = 3

let shown: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function show(next: readonly Toast[]): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Says in passing what happened; gone by itself after some seconds. `error` is read out at once. */
export function notify(text: string, tone: Toast['tone'] = 'info'): void {
  lastId += 1
  // The same text again stands in for the one before.
  show([...shown.filter((toast) => toast.text !== text), { id: lastId, text, tone }].slice(-MOST_SHOWN))
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
