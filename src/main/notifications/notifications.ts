import { Notification } from 'electron'
import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import { isMentioned } from '#shared/messages/body.ts'
import type { Settings } from '#shared/settings.ts'
import type { Translate } from '../i18n.ts'
import type { IncomingMessage } from '../store/protocol.ts'
import { notificationText } from './notification-text.ts'
import { shouldNotify } from './should-notify.ts'
import type { UnreadCounts } from './unread-counts.ts'

/** Maximum number of notifications; above it the oldest one is closed. Systems limit the number, and each one takes memory here. */
const MAX_SHOWN = 20

export interface NotificationOptions {
  t: Translate
  settings: () => Settings
  view: () => { focused: boolean; openChatId: ChatId | null }
  onClick: (account: UserId, chatId: ChatId) => void
  /** A notification was shown. */
  onAnnounce: () => void
}

export interface Notifications {
  /** Notifies of new messages, oldest first. Shows one notification per chat; a newer one replaces it. */
  announce(incoming: readonly IncomingMessage[], counts: UnreadCounts): void
  /** Closes the notification of a message that was deleted. */
  withdraw(chatId: ChatId, id: MessageId): void
  /** Closes the notification of a chat that was read. `upTo` (server ms): keeps the notification if its message was sent later. */
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
  // The references also protect the notifications, and their click handlers, from garbage collection.
  const shown = new Map<
    ChatId,
    { notification: Notification; count: number; id: MessageId; sentAt: number }
  >()

  function clear(chatId: ChatId, upTo = Infinity): void {
    const entry = shown.get(chatId)
    if (entry === undefined || entry.sentAt > upTo) return
    shown.delete(chatId)
    entry.notification.close()
  }

  function show(
    account: UserId,
    messages: readonly IncomingMessage[],
    { message, chat, senderName, names }: IncomingMessage,
  ): void {
    const count = (shown.get(chat.id)?.count ?? 0) + messages.length
    clear(chat.id)
    const { notificationPreview, notificationSound } = settings()
    const text = notificationText(
      t,
      { chat, senderName, names, body: message.body, count },
      { preview: notificationPreview, platform: process.platform },
    )
    const notification = new Notification({ ...text, silent: !notificationSound })
    const forget = (): void => {
      if (shown.get(chat.id)?.notification === notification) shown.delete(chat.id)
    }
    notification.on('click', () => {
      forget()
      onClick(account, chat.id)
    })
    notification.on('close', forget)
    shown.set(chat.id, { notification, count, id: message.id, sentAt: message.sentAt ?? 0 })
    notification.show()
    const [oldest] = shown.keys()
    if (shown.size > MAX_SHOWN && oldest !== undefined) clear(oldest)
  }

  return {
    announce(incoming, counts) {
      if (!Notification.isSupported()) return
      const now = Date.now()
      const notifying = incoming.filter(({ chat, message }) => {
        const mentioned = isMentioned(message.body, counts.account)
        const blocked = counts.isBlocked(chat)
        return shouldNotify({ settings: settings(), ...view(), chat, blocked, mentioned, now })
      })
      for (const messages of Map.groupBy(notifying, ({ chat }) => chat.id).values()) {
        const newest = messages.at(-1)
        if (newest === undefined) continue
        show(counts.account, messages, newest)
        onAnnounce()
      }
    },
    withdraw(chatId, id) {
      if (shown.get(chatId)?.id === id) clear(chatId)
    },
    clear,
    clearAll() {
      for (const chatId of [...shown.keys()]) clear(chatId)
    },
  }
}
