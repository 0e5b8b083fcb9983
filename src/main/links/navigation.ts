import type { NavigationRequest } from '#shared/bridge/app.ts'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import type { NotificationAction } from '#shared/bridge/notifications.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'

export interface Navigation {
  /**
   * Shows a place in the window: at once when the page listens to events, else as soon as it does. A newer request replaces a
   * waiting one. `account`: the account of the clicked notification or tray item; null for a link.
   */
  go(account: UserId | null, request: NavigationRequest): void
  /** Lets the page do what was done in a notification: at once, or as soon as the page listens. None is lost, they stay in order. */
  act(account: UserId, action: NotificationAction): void
  /** The page listens to events. */
  ready(): void
  /** The page is gone or reloads. */
  gone(): void
  isReady(): boolean
  /** While held, nothing is shown or done: it waits as if the page did not listen. */
  setHeld(held: boolean): void
  /** The page shows this chat. */
  setOpenChat(chatId: ChatId | null): void
  openChat(): ChatId | null
}

export function createNavigation(send: (event: BridgeEvent) => void): Navigation {
  let pending: Extract<BridgeEvent, { name: 'navigate' }> | null = null
  let actions: BridgeEvent[] = []
  let ready = false
  let isHeld = false
  let openChat: ChatId | null = null

  function flush(): void {
    if (!ready || isHeld) return
    const waiting = pending === null ? actions : [...actions, pending]
    actions = []
    pending = null
    for (const event of waiting) send(event)
  }

  return {
    go(account, payload) {
      pending = { account, name: 'navigate', payload }
      flush()
    },
    act(account, payload) {
      actions.push({ account, name: 'notification.action', payload })
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
    setHeld(held) {
      isHeld = held
      flush()
    },
    setOpenChat(chatId) {
      openChat = chatId
    },
    openChat: () => openChat,
  }
}
