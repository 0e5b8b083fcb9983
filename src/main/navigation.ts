import type { BridgeEvent, NavigationRequest } from '#shared/bridge.ts'

export interface Navigation {
  /** Asks the page to show a place: at once, or as soon as the page is ready. A new request replaces a waiting one. */
  go(request: NavigationRequest): void
  /** The page is ready to receive events. */
  ready(): void
  /** The page is closed or loads again. */
  gone(): void
  isReady(): boolean
}

export function createNavigation(send: (event: BridgeEvent) => void): Navigation {
  let pending: NavigationRequest | null = null
  let ready = false

  function flush(): void {
    if (!ready || pending === null) return
    const payload = pending
    pending = null
    send({ name: 'navigate', payload })
  }

  return {
    go(request) {
      pending = request
      flush()
    },
    ready() {
      ready = true
      flush()
    },
    gone() {
      ready = false
    },
    isReady: () => ready,
  }
}
