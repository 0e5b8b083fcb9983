import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import {
  attentionCount,
  isMuted,
  isPeerBlocked,
  isUnread,
  MUTED_FOREVER,
  type Chat,
} from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { focusChatFilter, focusChatRow, focusedChatId } from '../features/chats/chat-focus.ts'
import { arrangeChats, neighbour, unreadNeighbour } from '../features/chats/chat-list.ts'
import { useServices } from '../services/use-services.ts'
import { useAppStoreApi } from '../stores/use-app-store.ts'
import { digitOf, type Commands } from '../ui/shortcuts.ts'
import { notify } from '../ui/toasts.ts'
import { useShowError } from '../ui/use-show-error.ts'
import { focusPane } from './panes.ts'

interface CommandOptions {
  me: UserId
  showSheet: () => void
  askMarkAllRead: () => void
}

const isNarrow = (): boolean => window.matchMedia('(width < 720px)').matches

/** A change of a chat, and the notice of it. */
interface Change {
  done: Promise<void>
  text: string
  undo?: () => void
}

/** An archived chat takes its focused row with it: the row in its place gets the focus. */
function keepRowFocus(): void {
  if (document.activeElement === document.body) focusChatRow()
}

/** Returns what the app-wide shortcuts do. */
export function useCommands({ me, showSheet, askMarkAllRead }: CommandOptions): Commands<'window'> {
  const { t } = useTranslation()
  const { app, chats: chatsService, conversation } = useServices()
  const showError = useShowError()
  const store = useAppStoreApi()

  const openChat = (chatId: Chat['id'] | null | undefined): void => {
    if (chatId !== null && chatId !== undefined) void conversation.open(chatId).catch(showError)
  }
  const switchChat = (step: 1 | -1): void => {
    const { chats, navigation } = store.getState()
    openChat(neighbour(arrangeChats(chats, false), navigation.openChatId, step))
  }
  const switchUnread = (step: 1 | -1): void => {
    const { chats, people, navigation } = store.getState()
    const wantsAttention = (chat: Chat): boolean =>
      attentionCount(chat, me, isPeerBlocked(chat, people, me), Date.now()) > 0
    openChat(unreadNeighbour(arrangeChats(chats, false), navigation.openChatId, step, wantsAttention))
  }
  const goBack = (): void => {
    const { navigation } = store.getState()
    if (navigation.pane === 'settings' && navigation.settingsSection !== null && isNarrow())
      app.navigate({ settingsSection: null })
    else if (navigation.pane === 'settings') app.navigate({ pane: 'chats' })
    else if (navigation.detailsOpen && navigation.mediaOpen) app.navigate({ mediaOpen: false })
    else if (navigation.detailsOpen && navigation.openChatId !== null) app.navigate({ detailsOpen: false })
    else if (navigation.pane !== 'chats') app.navigate({ pane: 'chats' })
    else if (navigation.openChatId !== null) {
      flushSync(() => conversation.close())
      focusChatRow()
    }
  }
  /** Changes the focused chat of the list, or else the open one. */
  const changeChat = (change: (chat: Chat) => Change): void => {
    const { chats, navigation } = store.getState()
    const rowId = focusedChatId()
    const chatId = rowId ?? navigation.openChatId
    const chat = chatId === null ? undefined : chats.get(chatId)
    if (chat === undefined) return
    const { done, text, undo } = change(chat)
    done.then(() => {
      notify(text, 'info', undo && { label: t('app.undo'), run: undo })
      if (rowId !== null) requestAnimationFrame(keepRowFocus)
    }, showError)
  }

  return {
    newChat: () => app.navigate({ pane: 'newChat' }),
    filter: () => {
      flushSync(() => app.navigate({ pane: 'chats' }))
      if (focusChatFilter()) return
      // A narrow window shows the open chat instead of the list.
      flushSync(() => conversation.close())
      focusChatFilter()
    },
    previous: () => switchChat(-1),
    next: () => switchChat(1),
    previousUnread: () => switchUnread(-1),
    nextUnread: () => switchUnread(1),
    nthChat: (event) => openChat(arrangeChats(store.getState().chats, false)[(digitOf(event) ?? 0) - 1]?.id),
    nextPane: () => focusPane(1),
    previousPane: () => focusPane(-1),
    back: goBack,
    settings: () => app.navigate({ pane: 'settings' }),
    sheet: showSheet,
    details: () => {
      const { openChatId, detailsOpen } = store.getState().navigation
      if (openChatId !== null) app.navigate({ detailsOpen: !detailsOpen })
    },
    archive: () =>
      changeChat(({ id, state: { archived } }) => ({
        done: chatsService.setState(id, { archived: !archived }),
        text: t(archived ? 'chats.unarchivedNotice' : 'chats.archivedNotice'),
        undo: () => void chatsService.setState(id, { archived }).catch(showError),
      })),
    markUnread: () =>
      changeChat((chat) =>
        isUnread(chat, me)
          ? { done: chatsService.markRead(chat.id), text: t('chats.readNotice') }
          : {
              done: chatsService.setState(chat.id, { markedUnread: true }),
              text: t('chats.unreadNotice'),
            },
      ),
    mute: () =>
      changeChat((chat) => {
        const muted = isMuted(chat, Date.now())
        return {
          done: chatsService.setState(chat.id, {
            mutedUntil: muted ? null : MUTED_FOREVER,
            muteMentions: false,
          }),
          text: t(muted ? 'chats.unmutedNotice' : 'chats.mutedNotice'),
        }
      }),
    markAllRead: () => {
      if ([...store.getState().chats.values()].some((chat) => isUnread(chat, me))) askMarkAllRead()
      else notify(t('chats.noneUnread'))
    },
  }
}
