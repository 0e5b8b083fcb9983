import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import { quietUntil, type QuietHours } from '#shared/notifications/quiet-hours.ts'

/** Timers of Node wait at most so long. */
const MAX_WAIT_MS = 2 ** 31 - 1

/** Counts what quiet hours hold back. */
export interface QuietSummary {
  hold(chatId: ChatId, messageId: MessageId, sentAt: number): void
  /** The chat was read. `upTo` (server ms): messages that were sent later still count. */
  clear(chatId: ChatId, upTo?: number): void
  withdraw(chatId: ChatId, messageId: MessageId): void
  clearAll(): void
  /** The quiet hours were changed. */
  settingsChanged(): void
}

export interface QuietSummaryOptions {
  quietHours: () => QuietHours
  /** The quiet hours have ended, and some of what they held back was not read yet. */
  onEnd: (counts: { messages: number; chats: number }) => void
}

/** Lives as long as the app runs: after a restart, the unread counts alone tell of what was held back. */
export function createQuietSummary({ quietHours, onEnd }: QuietSummaryOptions): QuietSummary {
  const held = new Map<ChatId, Map<MessageId, number>>()
  let timer: NodeJS.Timeout | undefined

  /** Waits for the end of the quiet hours while something is held back. */
  function schedule(): void {
    clearTimeout(timer)
    if (held.size === 0) return
    const now = Date.now()
    const until = quietUntil(quietHours(), now)
    if (until !== null) {
      timer = setTimeout(schedule, Math.min(until - now, MAX_WAIT_MS)).unref()
      return
    }
    const messages = [...held.values()].reduce((sum, { size }) => sum + size, 0)
    const chats = held.size
    held.clear()
    onEnd({ messages, chats })
  }

  function drop(chatId: ChatId, isGone: (id: MessageId, sentAt: number) => boolean): void {
    const messages = held.get(chatId)
    if (messages === undefined) return
    for (const [id, sentAt] of messages) if (isGone(id, sentAt)) messages.delete(id)
    if (messages.size === 0) held.delete(chatId)
  }

  return {
    hold(chatId, messageId, sentAt) {
      const messages = held.get(chatId) ?? new Map<MessageId, number>()
      held.set(chatId, messages.set(messageId, sentAt))
      schedule()
    },
    clear: (chatId, upTo = Infinity) => drop(chatId, (_, sentAt) => sentAt <= upTo),
    withdraw: (chatId, messageId) => drop(chatId, (id) => id === messageId),
    clearAll() {
      held.clear()
      clearTimeout(timer)
    },
    settingsChanged: schedule,
  }
}
