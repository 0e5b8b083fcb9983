import { Notification } from 'electron'
import type { ChatId } from '#shared/domain/ids.ts'
import type { Settings } from '#shared/settings.ts'
import type { ChatBook } from './chat-book.ts'
import type { Translate } from './i18n.ts'
import { notificationText, shouldNotify } from './notification-text.ts'
import type { IncomingMessage } from './store/protocol.ts'

/** More than these are closed, oldest first: a system keeps only so many, and each holds memory here. */
const MOST_SHOWN = 20

export interface NotificationOptions {
  t: Translate
  settings: () => Settings
  view: () => { focused: boolean; openChatId: ChatId | null }
  onClick: (chatId: ChatId) => void
  /** One has been shown. */
  onAnnounce: () => void
}

export interface Notifications {
  /** Announces what has come in, newest last: one notification a chat, replaced by the next one. */
  announce(incoming: readonly IncomingMessage[], book: ChatBook): void
  /** The chat has been read, up to the time (server ms) if there is one. */
  clear(chatId: ChatId, upTo?: number): void
  clearAll(): void
}

export function createNotifications({
  t,
  settings,
  view,
  onClick,
  onAnnounce,
}: NotificationOptions): Notifications {
  // Also what keeps them from being collected, and with them their click.
  const shown = new Map<ChatId, { notification: Notification; count: number; sentAt: number }>()

  function clear(chatId: ChatId, upTo = Infinity): void {
    const entry = shown.get(chatId)
    if (entry === undefined || entry.sentAt > upTo) return
    shown.delete(chatId)
    entry.notification.close()
  }

  function show(messages: readonly IncomingMessage[], { message, chat, senderName }: IncomingMessage): void {
    const count = (shown.get(chat.id)?.count ?? 0) + messages.length
    clear(chat.id)
    const { notificationPreview, notificationSound } = settings()
    const text = notificationText(
      t,
      { chat, senderName, body: message.body, count },
      { preview: notificationPreview, platform: process.platform },
    )
    const notification = new Notification({ ...text, silent: !notificationSound })
    const forget = (): void => {
      if (shown.get(chat.id)?.notification === notification) shown.delete(chat.id)
    }
    notification.on('click', () => {
      forget()
      onClick(chat.id)
    })
    notification.on('close', forget)
    shown.set(chat.id, { notification, count, sentAt: message.sentAt ?? 0 })
    notification.show()
    const [oldest] = shown.keys()
    if (shown.size > MOST_SHOWN && oldest !== undefined) clear(oldest)
  }

  return {
    announce(incoming, book) {
      if (!Notification.isSupported()) return
      for (const messages of Map.groupBy(incoming, ({ chat }) => chat.id).values()) {
        const newest = messages.at(-1)
        if (newest === undefined) continue
        const { chat } = newest
        const blocked = book.isBlocked(chat)
        if (!shouldNotify({ settings: settings(), ...view(), chat, blocked, now: Date.now() })) continue
        show(messages, newest)
        onAnnounce()
      }
    },
    clear,
    clearAll() {
      for (const chatId of [...shown.keys()]) clear(chatId)
    },
  }
}
