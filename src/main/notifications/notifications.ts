import { Notification } from 'electron'
import type { NotificationAction } from '#shared/bridge/notifications.ts'
import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import { isMentioned } from '#shared/messages/body.ts'
import { shouldNotify, type Verdict } from '#shared/notifications/should-notify.ts'
import { ownSoundSchema, type OwnSound } from '#shared/notifications/sounds.ts'
import type { Settings } from '#shared/settings.ts'
import type { Translate } from '../i18n.ts'
import type { IncomingMessage } from '../store/protocol.ts'
import { notificationText } from './notification-text.ts'
import { createQuietSummary } from './quiet-summary.ts'
import type { ShownTargets, Target } from './shown-targets.ts'
import type { SystemWatch } from './system-facts.ts'
import { createToasts, type Activation } from './toasts.ts'
import { showTrial } from './trial.ts'
import type { UnreadCounts } from './unread-counts.ts'

/** Maximum number of notifications; above it the oldest one is closed. Systems limit the number, and each one takes memory here. */
const MAX_SHOWN = 20

export interface NotificationOptions {
  t: Translate
  platform: NodeJS.Platform
  settings: () => Settings
  system: SystemWatch
  targets: ShownTargets
  /** What macOS passes to the app when it starts. */
  launchInfo: unknown
  view: () => { focused: boolean; openChatId: ChatId | null }
  /** Plays a sound in the page. False: there is no page that could. */
  play: (sound: OwnSound) => boolean
  /** A notification was clicked; null: the summary of the quiet hours. */
  onOpen: (target: Target | null) => void
  onAction: (account: UserId, action: NotificationAction) => void
  /** A notification was shown. `isPersonal`: one of its messages mentions this person, or is from a direct chat. */
  onAnnounce: (isPersonal: boolean) => void
}

export interface Notifications {
  /** Notifies of new messages, oldest first. Shows one notification per chat; a newer one replaces it. */
  announce(incoming: readonly IncomingMessage[], counts: UnreadCounts): void
  /** Closes the notification of a message that was deleted. */
  withdraw(chatId: ChatId, id: MessageId): void
  /** Closes the notification of a chat that was read. `upTo` (server ms): keeps the notification if its message was sent later. */
  clear(chatId: ChatId, upTo?: number): void
  clearAll(): void
  /** Closes what is shown, because it says what arrived. What quiet hours hold back still counts. */
  closeAll(): void
  settingsChanged(): void
  /** Shows a trial notification with its sound. Resolves once the system has shown or refused it. */
  test(): Promise<'shown' | 'failed'>
  /** Whether the system refused the newest notification. */
  hasFailed(): boolean
}

interface Shown {
  close: () => void
  count: number
  id: MessageId
  sentAt: number
}

const isPersonal = ({ chat, message }: IncomingMessage, account: UserId): boolean =>
  chat.kind === 'direct' || isMentioned(message.body, account)

export function createNotifications(options: NotificationOptions): Notifications {
  const { t, platform, settings, system, view } = options
  const shown = new Map<ChatId, Shown>()
  let failed = false

  const toasts = createToasts({
    t,
    platform,
    targets: options.targets,
    launchInfo: options.launchInfo,
    onActivate,
    onOutcome(outcome) {
      failed = outcome === 'failed'
    },
  })
  const summary = createQuietSummary({
    quietHours: () => settings().quietHours,
    onEnd({ messages, chats }) {
      const { notify } = shouldNotify(contextOf(null))
      if (notify === 'no' || !Notification.isSupported()) return
      const where = t('notification.inChats', { count: chats })
      const body = t('notification.summary', { count: messages, where })
      const notification = new Notification({ title: t('app.name'), body, silent: notify === 'quiet' })
      notification.on('click', () => options.onOpen(null))
      notification.show()
    },
  })

  function contextOf(chat: IncomingMessage['chat'] | null): Parameters<typeof shouldNotify>[0] {
    return {
      ...view(),
      settings: settings(),
      chat,
      blocked: false,
      mentioned: false,
      doNotDisturb: system.latest().doNotDisturb === true,
      now: Date.now(),
    }
  }

  function onActivate(target: Target, activation: Activation): void {
    const { account, chatId } = target
    if (activation.do === 'open') options.onOpen(target)
    else if (activation.do === 'read') options.onAction(account, { do: 'read', chatId })
    else options.onAction(account, { do: 'reply', chatId, text: activation.text })
  }

  function close(chatId: ChatId, upTo = Infinity): void {
    const entry = shown.get(chatId)
    if (entry === undefined || entry.sentAt > upTo) return
    shown.delete(chatId)
    entry.close()
  }

  /** Plays the chat's sound. Returns whether the system must be silent. */
  function sounds(notify: Verdict['notify'], chosen: string): boolean {
    if (notify === 'quiet') return true
    const own = ownSoundSchema.safeParse(chosen)
    return own.success && options.play(own.data)
  }

  function show(counts: UnreadCounts, messages: readonly IncomingMessage[], newest: IncomingMessage): void {
    const { message, chat, senderName, names } = newest
    const { account } = counts
    const count = (shown.get(chat.id)?.count ?? 0) + messages.length
    close(chat.id)
    const { notificationContent: content } = settings()
    const loud = messages.some((one) => verdictOf(one, counts).notify === 'loud')
    const entry: Shown = { close: () => undefined, count, id: message.id, sentAt: message.sentAt ?? 0 }
    shown.set(chat.id, entry)
    entry.close = toasts.show({
      ...notificationText(t, { chat, senderName, names, body: message.body, count }, { content, platform }),
      silent: sounds(loud ? 'loud' : 'quiet', chat.state.sound),
      target: { account, chatId: chat.id, messageId: message.id },
      mayReply: content !== 'nothing' && counts.mayPost(chat),
      mayMarkRead: content !== 'nothing',
      onGone() {
        if (shown.get(chat.id) === entry) shown.delete(chat.id)
      },
    })
    const [oldest] = shown.keys()
    if (shown.size > MAX_SHOWN && oldest !== undefined) close(oldest)
  }

  function verdictOf({ chat, message }: IncomingMessage, counts: UnreadCounts): Verdict {
    const mentioned = isMentioned(message.body, counts.account)
    return shouldNotify({ ...contextOf(chat), blocked: counts.isBlocked(chat), mentioned })
  }

  function closeAll(): void {
    shown.clear()
    toasts.clearAll()
  }

  return {
    announce(incoming, counts) {
      if (!Notification.isSupported()) return
      const notifying = incoming.filter((one) => {
        const { notify, reason } = verdictOf(one, counts)
        if (reason === 'quietHours') summary.hold(one.chat.id, one.message.id, one.message.sentAt ?? 0)
        return notify !== 'no'
      })
      for (const messages of Map.groupBy(notifying, ({ chat }) => chat.id).values()) {
        const newest = messages.at(-1)
        if (newest === undefined) continue
        show(counts, messages, newest)
        options.onAnnounce(messages.some((one) => isPersonal(one, counts.account)))
      }
    },
    withdraw(chatId, id) {
      summary.withdraw(chatId, id)
      if (shown.get(chatId)?.id === id) close(chatId)
    },
    clear(chatId, upTo) {
      summary.clear(chatId, upTo)
      close(chatId, upTo)
    },
    clearAll() {
      summary.clearAll()
      closeAll()
    },
    closeAll,
    settingsChanged: summary.settingsChanged,
    async test() {
      const outcome = await showTrial(t, settings().notificationSound)
      failed = outcome === 'failed'
      return outcome
    },
    hasFailed: () => failed,
  }
}
