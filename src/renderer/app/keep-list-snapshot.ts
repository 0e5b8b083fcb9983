import type { UserId } from '#shared/domain/ids.ts'
import { saveListSnapshot } from '../platform/list-snapshot.ts'
import { uidOf } from '../platform/early-calls.ts'
import { pageSessionMemory } from '../platform/session-memory.ts'
import type { AppStore } from '../stores/app-store.ts'

/** In ms. Taking a snapshot copies about 20 rows, so it is not taken for every message of a busy chat. */
const INTERVAL_MS = 5000

/** Takes a snapshot of the chat list after it has changed, and when the page goes. Returns a function that ends this. */
export function keepListSnapshot(store: AppStore, me: UserId): () => void {
  const ending = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = (): void => {
    timer = undefined
    // The next start would show it before it knows that the app is locked.
    if (store.getState().lock?.hasPin !== false) return
    // While the person is being signed out, the list is still shown.
    if (ending.signal.aborted || uidOf(pageSessionMemory.load()) !== me) return
    const list = document.querySelector('#root [data-whole-list]')
    const source = document.querySelector('#root [data-front]')
    const isScrolled = (list?.querySelector('[data-scroller]')?.scrollTop ?? 0) > 0
    if (list !== null && source instanceof HTMLElement && !isScrolled) saveListSnapshot(me, source, list)
  }
  const saveLater = (): void => {
    timer ??= setTimeout(() => requestIdleCallback(save), INTERVAL_MS)
  }
  const stopListening = store.subscribe(({ chats, people }, before) => {
    if (chats !== before.chats || people !== before.people) saveLater()
  })
  window.addEventListener('pagehide', save, { signal: ending.signal })
  document.addEventListener('visibilitychange', saveLater, { signal: ending.signal })
  saveLater()
  return () => {
    ending.abort()
    stopListening()
    clearTimeout(timer)
  }
}
