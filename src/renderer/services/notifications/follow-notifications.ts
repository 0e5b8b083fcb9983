import type { NotificationAction } from '#shared/bridge/notifications.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Platform } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import type { ChatsService, ConversationService, NotificationsService } from '../services.ts'

export interface FollowOptions {
  platform: Platform
  store: AppStore
  conversation: Pick<ConversationService, 'forward' | 'draft' | 'setDraft'>
  chats: Pick<ChatsService, 'markRead'>
  notifications: () => Promise<NotificationsService>
  report: Report
}

/** Plays the sounds of notifications and does what the person did in one. Until their account is signed in, that waits. */
export function followNotifications(options: FollowOptions): () => void {
  const { platform, store, notifications, report } = options
  let waiting: { action: NotificationAction; account: UserId | null }[] = []

  function doWaiting(): void {
    const { session } = store.getState()
    if (waiting.length === 0 || session.phase !== 'ready') return
    const { me } = session
    // What belongs to an account that is no longer signed in is dropped: its replica was deleted.
    const actions = waiting.filter(({ account }) => account === me)
    waiting = []
    for (const { action } of actions)
      act(options, action).catch((error: unknown) => report('notification.action', error))
  }

  const stops = [
    platform.on('notification.sound', ({ sound }) => {
      notifications()
        .then((service) => service.play(sound))
        .catch((error: unknown) => report('notification.sound', error))
    }),
    platform.on('notification.action', (action, account) => {
      waiting.push({ action, account })
      doWaiting()
    }),
    store.subscribe(doWaiting),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

async function act(
  { conversation, chats, ...options }: FollowOptions,
  action: NotificationAction,
): Promise<void> {
  const { chatId } = action
  // First: a message that is sent counts what came before as read, and the others would not learn of it.
  await chats.markRead(chatId)
  if (action.do === 'reply') {
    try {
      // The draft in the composer stays: the answer was not typed there.
      await conversation.forward(chatId, { kind: 'text', text: action.text })
    } catch (error) {
      keepAsDraft(options.store, conversation, chatId, action.text)
      throw error
    }
  }
}

/** What could not be stored as a message waits in the composer, unless something was begun there. */
function keepAsDraft(
  store: AppStore,
  conversation: FollowOptions['conversation'],
  chatId: ChatId,
  text: string,
): void {
  const draft = conversation.draft(chatId) ?? store.getState().chats.get(chatId)?.draft ?? ''
  if (draft === '') conversation.setDraft(chatId, text)
}
