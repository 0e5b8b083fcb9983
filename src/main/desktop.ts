import { app } from 'electron'
import type { Destination } from '#shared/domain/deep-link.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { createBadge } from './badge.ts'
import type { Unread } from './chat-book.ts'
import type { Translate } from './i18n.ts'
import { showLogFolder, type Log } from './log.ts'
import type { Navigation } from './navigation.ts'
import { createNotifications, type Notifications } from './notifications.ts'
import type { SettingsStore } from './settings.ts'
import { createTray, type AppTray } from './tray.ts'
import { createMainWindow, type MainWindow } from './windows/main-window.ts'

export interface DesktopOptions {
  t: Translate
  log: Log
  logDirectory: string
  settings: SettingsStore
  navigation: Navigation
  startHidden: boolean
}

/** The window, the tray and the notifications. Clicks on the tray or on a notification act on the window. */
export interface Desktop {
  window: MainWindow
  tray: AppTray
  notifications: Notifications
  /** Shows the unread messages on the tray and the badge. */
  showUnread(unread: Unread): void
  /** The chat that the page shows. It causes no notifications while the window has the focus. */
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
    onFocus: (focused) => window.send({ name: 'window.focus', payload: { focused } }),
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

  function openInWindow(destination: Destination): void {
    window.show()
    navigation.go({ destination, by: 'click' })
  }

  const badge = createBadge(t, window)
  const tray = createTray({
    t,
    mutedUntil: () => settings.get().mutedUntil,
    onAction(action) {
      if (action.do === 'open') window.show()
      else if (action.do === 'chat') openInWindow({ to: 'chat', chatId: action.chatId })
      else if (action.do === 'mute') settings.set({ mutedUntil: action.until })
      else app.quit()
    },
  })
  const notifications = createNotifications({
    t,
    settings: settings.get,
    view: () => ({ focused: window.isFocused(), openChatId }),
    onClick: (chatId) => openInWindow({ to: 'chat', chatId }),
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
