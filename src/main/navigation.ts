import type { BridgeEvent, NavigationRequest } from '#shared/bridge.ts'

export interface Navigation {
  /** Shows a place in the window: at once when the page listens, else as soon as it does. The newest wish replaces older ones. */
  go(request: NavigationRequest): void
  /** The page listens. */
  ready(): void
  /** The page has gone or begins anew. */
  gone(): void
  isReady(): boolean
}

export function createNavigation(send: (event: BridgeEvent) => void): Navigation {
  let waiting: NavigationRequest | null = null
  let ready = false

  function flush(): void {
    if (!ready || waiting === null) return
    const payload = waiting
    waiting = null
    send({ name: 'navigate', payload })
  }

  return {
    go(request) {
      waiting = request
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
