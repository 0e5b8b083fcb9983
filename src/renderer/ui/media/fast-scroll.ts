import { useSyncExternalStore } from 'react'

/** Nobody recognises a picture that moves faster than this, in px per ms. */
const FAST = 2
/** After this time without a scroll event, scrolling has ended. In ms. */
const REST_MS = 120

const listeners = new Set<() => void>()
const last = { element: null as EventTarget | null, top: 0, at: 0 }
let isFast = false
let rest: ReturnType<typeof setTimeout> | undefined

function set(fast: boolean): void {
  if (fast === isFast) return
  isFast = fast
  for (const listener of listeners) listener()
}

function onScroll({ target }: Event): void {
  if (!(target instanceof Element)) return
  const [top, at] = [target.scrollTop, performance.now()]
  const speed = target === last.element ? Math.abs(top - last.top) / Math.max(1, at - last.at) : 0
  Object.assign(last, { element: target, top, at })
  clearTimeout(rest)
  rest = setTimeout(() => set(false), REST_MS)
  set(speed > FAST)
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('scroll', onScroll, { capture: true, passive: true })
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('scroll', onScroll, { capture: true })
    clearTimeout(rest)
    isFast = false
  }
}

/** Whether something is scrolled so fast that pictures need not be decoded. */
export function useFastScroll(): boolean {
  return useSyncExternalStore(subscribe, () => isFast)
}
