import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, nativeTheme } from 'electron'
import type { Backend } from '#shared/backend.ts'
import type { NotificationAction, NotificationFacts } from '#shared/bridge/notifications.ts'
import type { Destination } from '#shared/domain/deep-link.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { createAccountHandlers } from './bridge/account-handlers.ts'
import { createDispatcher, type Dispatch } from './bridge/dispatcher.ts'
import { createMachineHandlers } from './bridge/machine-handlers.ts'
import { createDailyLife } from './daily-life.ts'
import type { Translate } from './i18n.ts'
import { openLinkPreviews } from './links/preview/open-link-previews.ts'
import type { Navigation } from './links/navigation.ts'
import type { AppLock } from './lock/app-lock.ts'
import { openLock } from './lock/open-lock.ts'
import type { Log } from './log/log.ts'
import { fillIconMenu } from './menus/icon-menu.ts'
import { createExports } from './media/exports.ts'
import { finishErasingMedia } from './media/folder.ts'
import { createMedia, type Media } from './media/media.ts'
import { createStorage, storageBase } from './media/storage.ts'
import type { Network } from './network/network.ts'
import { openNetwork } from './network/open-network.ts'
import { createNotifications, type Notifications } from './notifications/notifications.ts'
import { openNotificationSettings } from './notifications/open-settings.ts'
import { openShownTargets } from './notifications/shown-targets.ts'
import { watchSystem, type SystemWatch } from './notifications/system-facts.ts'
import { watchPower } from './power/power.ts'
import { openPush } from './push/open-push.ts'
import type { PushService } from './push/push-service.ts'
import type { CaptureDevices } from './security/capture-devices.ts'
import { opensAtLogin } from './settings/login-item.ts'
import type { SettingsStore } from './settings/settings.ts'
import { replicaFile } from './store/files.ts'
import type { Store } from './store/store.ts'
import { createBadge, type Badge } from './tray/badge.ts'
import { createHiding } from './tray/hide-window.ts'
import { progressBarOf } from './tray/taskbar-progress.ts'
import { noUnread } from './notifications/unread-counts.ts'
import { createTray } from './tray/tray.ts'
import { openUpdates, type UpdatesService } from './updates/open-updates.ts'
import type { Startup } from './updates/startup.ts'
import type { MainWindow } from './windows/main-window.ts'
import { openTrayLite } from './windows/open-tray-lite.ts'
import { createVerification } from './windows/verification-window.ts'

export interface DesktopOptions {
  t: Translate
  locale: string
  backend: Backend
  log: Log
  logDirectory: string
  settings: SettingsStore
  devices: CaptureDevices
  navigation: Navigation
  window: MainWindow
  store: Store
  startup: Startup
  /** Returns the paths of files that the person has opened with the app, each once. */
  takeOpened: () => string[]
  /** Whether there are such paths. */
  hasOpened: () => boolean
  /** What macOS passes to the app when it starts. */
  launchInfo: unknown
  /** The folder of the replicas. */
  replicas: string
  /** The window was not shown at the start. */
  startedHidden: boolean
  onReadyToQuit: () => void
}

/** Tray, badge, notifications and power state, connected with the window and the store, and the handlers of the page's calls. */
export interface Desktop {
  dispatch: Dispatch
  /** Answers requests of the page for files. */
  media: Media['respond']
  /** The person has opened files with the app. */
  filesOpened(): void
  /** The page was closed, crashed or loaded again. */
  pageGone(): void
  /** The window was shown or hidden. */
  visibilityChanged(): void
  /** Closes the window into the tray, as far as there is one. */
  hideWindow(): Promise<void>
  /** Asks the person whether to quit if files are being sent. */
  mayQuit(): Promise<boolean>
  /** The app quits: removes the tray and notifies the page. */
  quit(): void
}

export function createDesktop(options: DesktopOptions): Desktop {
  const { t, backend, log, settings, navigation, window, store } = options

  function openInWindow(account: UserId | null, destination: Destination): void {
    window.show()
    navigation.go(account, { destination, by: 'click' })
  }

  const filesOpened = (): void => window.send({ account: null, name: 'files.opened', payload: {} })
  const lock = openLock(options, async (account) => accountHandlers['replica.erase'](undefined, account))
  const badge = createBadge(t, { platform: process.platform, window })
  const tray = createTray({
    t,
    mutedUntil: () => settings.get().mutedUntil,
    mayLock: () => lock.state().hasPin && !lock.isLocked(),
    onAction(action) {
      if (action.do === 'open') window.show()
      else if (action.do === 'chat') openInWindow(action.account, { to: 'chat', chatId: action.chatId })
      else if (action.do === 'lock') lock.lock()
      else if (action.do === 'mute') settings.set({ mutedUntil: action.until })
      else app.quit()
    },
  })
  const system = watchSystem(process.platform)
  let unread = noUnread
  const showBadge = (): void => badge.show(settings.get().badgeCounts ? unread.total : 0)
  /** While the app is locked, only the number shows. */
  const showUnread = (): void => {
    tray.update(lock.isLocked() ? { ...unread, chats: [] } : unread)
    showBadge()
  }
  const power = watchPower((state) => window.send({ account: null, name: 'power.state', payload: { state } }))
  const { network, proxy } = openNetwork({ ...options, onProxyChange: () => push.reconnect() })
  const media = openMedia(options, network)
  settings.onChange(media.settingsChanged)
  const push = openPush(
    { ...options, network },
    {
      onStatus: (account, status) => window.send({ account, name: 'push.changed', payload: status }),
      onHint({ account, chatId, messageId }) {
        // A page that is only loaded now reads everything anyway.
        window.send({ account, name: 'push.hinted', payload: { chatId, messageId } })
        trayLite.hint()
      },
      onHealth: () => trayLite.update(),
    },
  )
  power.onResume(push.wake)
  const trayLite = openTrayLite(options, { media, push, power })
  store.onChange(trayLite.worked)
  // After `trayLite`: an answer that has started the app is handled at once.
  const notifications = openNotifications(options, system, lock, {
    open: openInWindow,
    act(account, action) {
      // A notification from before the app was locked. Whoever uses it must unlock first, and then see the chat.
      if (lock.isLocked()) return openInWindow(account, { to: 'chat', chatId: action.chatId })
      navigation.act(account, action)
      trayLite.worked()
      trayLite.hint()
    },
  })
  const updates = openAppUpdates(options, media, network)
  const hideWhileLocked = (): void => {
    if (lock.isLocked()) notifications.closeAll()
    showUnread()
  }
  lock.onChange(hideWhileLocked)
  hideWhileLocked()
  // Timers stand still while the machine sleeps, also the one for the end of the quiet hours.
  power.onResume(notifications.settingsChanged)
  const hiding = createHiding({ t, window, settings })
  if (options.startedHidden) hiding.started()
  const daily = createDailyLife({
    log,
    platform: process.platform,
    settings,
    window,
    hide: () => void hiding.hide(),
  })
  fillIconMenu(t, { platform: process.platform, open: (destination) => openInWindow(null, destination) })
  settings.onChange((next) => {
    nativeTheme.themeSource = next.theme
    tray.update()
    trayLite.update()
    showBadge()
    notifications.settingsChanged()
    window.send({ account: null, name: 'settings.changed', payload: next })
  })

  const machineHandlers = createMachineHandlers({
    backend,
    log,
    logDirectory: options.logDirectory,
    settings,
    devices: options.devices,
    desk: daily.handlers,
    lock: lock.handlers,
    verification: createVerification(backend, t, options.locale, network),
    proxy,
    async saveDiagnostics(args) {
      const { saveDiagnostics } = await import('./diagnostics/save-diagnostics.ts')
      return saveDiagnostics({ ...options, push, proxy }, args)
    },
    onReady() {
      window.send({ account: null, name: 'window.focus', payload: { focused: window.isFocused() } })
      window.send({ account: null, name: 'power.state', payload: { state: power.state() } })
      window.send({ account: null, name: 'updates.changed', payload: updates.state() })
      options.startup.pageReady()
      lock.pageReady()
      navigation.ready()
      if (options.hasOpened()) filesOpened()
    },
    onReadyToQuit: options.onReadyToQuit,
    onMayRelease: trayLite.mayRelease,
    updates,
    notifications: {
      check: () => factsOf({ settings, system, notifications, badge, push }),
      test: notifications.test,
      openSettings: () => openNotificationSettings(process.platform),
    },
  })
  const accountHandlers = createAccountHandlers({
    store,
    notifications,
    media,
    previews: openLinkPreviews(settings, network),
    push,
    send: window.send,
    onUnread(counted) {
      unread = counted
      showUnread()
    },
    onOpenChat: navigation.setOpenChat,
  })
  return {
    dispatch: createDispatcher({
      handlers: {
        ...machineHandlers,
        ...accountHandlers,
        async 'replica.erase'(args, account) {
          await accountHandlers['replica.erase'](args, account)
          lock.signedOut()
        },
      },
      mayRun: lock.mayRun,
      onInternalError: (method, error) => log.write('error', 'call failed', method, error),
    }),
    media: async (request) =>
      lock.isLocked() ? new Response(null, { status: 403 }) : media.respond(request),
    filesOpened,
    pageGone() {
      media.abortImports().catch((error: unknown) => log.write('error', 'could not end imports', error))
      trayLite.update()
      daily.pageGone()
    },
    visibilityChanged() {
      trayLite.update()
      badge.renew()
    },
    hideWindow: hiding.hide,
    mayQuit: async () => !media.isUploading() || confirmQuit(t),
    quit() {
      trayLite.stop()
      push.quit()
      hiding.stop()
      daily.stop()
      tray.destroy()
      power.quit()
    },
  }
}

function openAppUpdates(
  { backend, startup, settings, window, devices, store, log }: DesktopOptions,
  media: Media,
  network: Network,
): UpdatesService {
  return openUpdates({
    network,
    ledger: startup.ledger,
    installation: startup.installation,
    backend,
    settings,
    log,
    running: {
      isUploading: media.isUploading,
      isCapturing: () => devices.microphone.isOpen() || devices.camera.isOpen(),
      isVisible: window.isVisible,
      async hasUnsent() {
        const account = store.account()
        return account !== undefined && store.call(account, 'unsent.any', undefined)
      },
    },
    letClose: window.letClose,
    onState: (state) => window.send({ account: null, name: 'updates.changed', payload: state }),
  })
}

function openNotifications(
  { t, log, settings, navigation, window, launchInfo }: DesktopOptions,
  system: SystemWatch,
  lock: AppLock,
  {
    open,
    act,
  }: {
    open: (account: UserId, destination: Destination) => void
    act: (account: UserId, action: NotificationAction) => void
  },
): Notifications {
  // Linux forgets a notification with the app that has shown it, so no click starts the app.
  const file = process.platform === 'linux' ? null : join(app.getPath('userData'), 'notifications.json')
  return createNotifications({
    t,
    platform: process.platform,
    // While the app is locked, they say only that something arrived, and answer nothing.
    settings: () =>
      lock.isLocked() ? { ...settings.get(), notificationContent: 'nothing' } : settings.get(),
    system,
    launchInfo,
    targets: openShownTargets(file, (error) =>
      log.write('warn', 'could not save the shown notifications', error),
    ),
    view: () => ({
      focused: window.isFocused(),
      openChatId: lock.isLocked() ? null : navigation.openChat(),
    }),
    play(sound) {
      // The sound of a chat tells who has written.
      if (lock.isLocked()) return false
      if (navigation.isReady()) window.send({ account: null, name: 'notification.sound', payload: { sound } })
      return navigation.isReady()
    },
    onOpen(target) {
      if (target === null) window.show()
      else open(target.account, { to: 'chat', chatId: target.chatId, messageId: target.messageId })
    },
    onAction: act,
    onAnnounce(isPersonal) {
      const { flashFor } = settings.get()
      if (flashFor === 'all' || (flashFor === 'mentionsAndDirect' && isPersonal)) window.flash()
    },
  })
}

/** What the settings say about notifications on this machine. */
async function factsOf({
  system,
  notifications,
  badge,
  push,
  settings,
}: {
  settings: SettingsStore
  system: SystemWatch
  notifications: Notifications
  badge: Badge
  push: PushService
}): Promise<NotificationFacts> {
  const facts = await system.read()
  return {
    ...facts,
    permission: notifications.hasFailed() ? 'denied' : facts.permission,
    badge: badge.works(),
    opensAtLogin: opensAtLogin(settings.get(), process.platform),
    push: push.facts(),
  }
}

function openMedia(
  { t, backend, log, settings, store, replicas, window, takeOpened }: DesktopOptions,
  network: Network,
): Media {
  const profile = app.getPath('userData')
  const directory = join(profile, 'media')
  finishErasingMedia(directory, (account) => existsSync(replicaFile(replicas, account)))
  return createMedia({
    directory,
    store,
    storage: createStorage(storageBase(backend), network.fetch),
    exports: createExports({ t, directory: join(profile, 'opened'), startDrag: window.startDrag }),
    takeOpened,
    limit: () => settings.get().storageLimit,
    send: window.send,
    onTotal: (total) => window.setProgress(progressBarOf(total, process.platform)),
    log: (event, error) => log.write('warn', event, error),
  })
}

/** Resolves to true when the person quits although files are being sent. */
async function confirmQuit(t: Translate): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: t('media.quit.title'),
    detail: t('media.quit.text'),
    buttons: [t('media.quit.stay'), t('media.quit.quit')],
    defaultId: 1,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}
