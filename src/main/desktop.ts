import { app } from 'electron'
import type { Destination } from '#shared/domain/deep-link.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { createBadge } from './tray/badge.ts'
import type { Translate } from './i18n.ts'
import { showLogFolder, type Log } from './log/log.ts'
import type { Navigation } from './links/navigation.ts'
import { createNotifications, type Notifications } from './notifications/notifications.ts'
import type { Unread } from './notifications/unread-counts.ts'
import type { SettingsStore } from './settings/settings.ts'
import { createTray, type AppTray } from './tray/tray.ts'
import { createMainWindow, type MainWindow } from './windows/main-window.ts'

export interface DesktopOptions {
  t: Translate
  log: Log
  logDirectory: string
  settings: SettingsStore
  navigation: Navigation
  startHidden: boolean
}

/** Window, tray, badge and notifications. A click on the tray or a notification opens a chat in the window. */
export interface Desktop {
  window: MainWindow
  tray: AppTray
  notifications: Notifications
  /** Shows the unread messages on tray and badge. */
  showUnread(unread: Unread): void
  /** The page shows this chat: it gets no notifications while the window has the focus. */
  setOpenChat(chatId: ChatId | null): void
}

export function createDesktop(options: DesktopOptions): Desktop {
  const { t, log, logDirectory, settings, navigation, startHidden } = options
  let openChatId: ChatId | null = null

  const window = createMainWindow({
    t,
    log,
    settings,
    startHidden,
    onFocus: (focused) => window.send({ account: null, name: 'window.focus', payload: { focused } }),
    onPageGone() {
      navigation.gone()
      openChatId = null
    },
    onCrashAction(action) {
      if (action === 'quit') app.quit()
      else
        showLogFolder(logDirectory).catch((error: unknown) =>
          log.write('error', 'could not open the log folder', error),
        )
    },
    onQuit: () => app.quit(),
  })

  function openInWindow(account: UserId, destination: Destination): void {
    window.show()
    navigation.go(account, { destination, by: 'click' })
  }

  const badge = createBadge(t, window)
  const tray = createTray({
    t,
    mutedUntil: () => settings.get().mutedUntil,
    onAction(action) {
      if (action.do === 'open') window.show()
      else if (action.do === 'chat') openInWindow(action.account, { to: 'chat', chatId: action.chatId })
      else if (action.do === 'mute') settings.set({ mutedUntil: action.until })
      else app.quit()
    },
  })
  const notifications = createNotifications({
    t,
    settings: settings.get,
    view: () => ({ focused: window.isFocused(), openChatId }),
    onClick: (account, chatId) => openInWindow(account, { to: 'chat', chatId }),
    onAnnounce: () => window.flash(),
  })

  return {
    window,
    tray,
    notifications,
    showUnread(unread) {
      tray.update(unread)
      badge(unread.total)
    },
    setOpenChat(chatId) {
      openChatId = chatId
    },
  }
}
