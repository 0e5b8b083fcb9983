import type { NavigationRequest } from '#shared/bridge/app.ts'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'

export interface Navigation {
  /**
   * Shows a place in the window: at once when the page listens to events, else as soon as it does. A newer request replaces a
   * waiting one. `account`: the account of the clicked notification or tray item; null for a link.
   */
  go(account: UserId | null, request: NavigationRequest): void
  /** The page listens to events. */
  ready(): void
  /** The page is gone or reloads. */
  gone(): void
  isReady(): boolean
  /** The page shows this chat. */
  setOpenChat(chatId: ChatId | null): void
  openChat(): ChatId | null
}

export function createNavigation(send: (event: BridgeEvent) => void): Navigation {
  let pending: Extract<BridgeEvent, { name: 'navigate' }> | null = null
  let ready = false
  let openChat: ChatId | null = null

  function flush(): void {
    if (!ready || pending === null) return
    const event = pending
    pending = null
    send(event)
  }

  return {
    go(account, payload) {
      pending = { account, name: 'navigate', payload }
      flush()
    },
    ready() {
      ready = true
      flush()
    },
    gone() {
      ready = false
      openChat = null
    },
    isReady: () => ready,
    setOpenChat(chatId) {
      openChat = chatId
    },
    openChat: () => openChat,
  }
}
