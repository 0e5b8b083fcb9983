import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, nativeTheme, net } from 'electron'
import type { Backend } from '#shared/backend.ts'
import type { Destination } from '#shared/domain/deep-link.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { createAccountHandlers } from './bridge/account-handlers.ts'
import { createDispatcher, type Dispatch } from './bridge/dispatcher.ts'
import { createMachineHandlers } from './bridge/machine-handlers.ts'
import type { Translate } from './i18n.ts'
import { openLinkPreviews } from './links/preview/open-link-previews.ts'
import type { Navigation } from './links/navigation.ts'
import type { Log } from './log/log.ts'
import { createExports } from './media/exports.ts'
import { finishErasingMedia } from './media/folder.ts'
import { createMedia, type Media } from './media/media.ts'
import { createStorage, storageBase } from './media/storage.ts'
import { createNotifications } from './notifications/notifications.ts'
import { watchPower } from './power/power.ts'
import { openPush } from './push/open-push.ts'
import type { CaptureDevices } from './security/capture-devices.ts'
import { applyLoginItem } from './settings/login-item.ts'
import type { SettingsStore } from './settings/settings.ts'
import { replicaFile } from './store/files.ts'
import type { Store } from './store/store.ts'
import { createBadge } from './tray/badge.ts'
import { progressBarOf } from './tray/taskbar-progress.ts'
import { createTray } from './tray/tray.ts'
import type { MainWindow } from './windows/main-window.ts'
import { createTrayLite } from './windows/tray-lite.ts'
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
  /** Returns the paths of files that the person has opened with the app, each once. */
  takeOpened: () => string[]
  /** Whether there are such paths. */
  hasOpened: () => boolean
  /** The folder of the replicas. */
  replicas: string
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
  /** Asks the person whether to quit if files are being sent. */
  mayQuit(): Promise<boolean>
  /** The app quits: removes the tray and notifies the page. */
  quit(): void
}

export function createDesktop(options: DesktopOptions): Desktop {
  const { t, backend, log, settings, navigation, window, store } = options

  function openInWindow(account: UserId, destination: Destination): void {
    window.show()
    navigation.go(account, { destination, by: 'click' })
  }

  const filesOpened = (): void => window.send({ account: null, name: 'files.opened', payload: {} })
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
    view: () => ({ focused: window.isFocused(), openChatId: navigation.openChat() }),
    onClick: (account, chatId) => openInWindow(account, { to: 'chat', chatId }),
    onAnnounce: () => window.flash(),
  })
  const power = watchPower((state) => window.send({ account: null, name: 'power.state', payload: { state } }))
  const media = openMedia(options)
  settings.onChange(media.settingsChanged)
  const push = openPush(options, {
    onStatus: (account, status) => window.send({ account, name: 'push.changed', payload: status }),
    onHint: () => trayLite.hint(),
    onHealth: () => trayLite.update(),
  })
  power.onResume(push.wake)
  const trayLite = createTrayLite({
    pace: backend.emulator?.push?.pace ?? 1,
    after: () => minutes(settings.get().releaseAfter),
    isPushHealthy: () => push.isHealthy(),
    isBusy: () =>
      media.isUploading() || options.devices.microphone.isOpen() || options.devices.camera.isOpen(),
    page: {
      isOpen: window.isOpen,
      isVisible: window.isVisible,
      open: () => void window.open(),
      setBackground: power.setBackground,
      askToRelease: () => window.send({ account: null, name: 'page.release', payload: {} }),
      release: window.release,
    },
  })
  store.onChange(trayLite.worked)
  settings.onChange((next) => {
    nativeTheme.themeSource = next.theme
    applyLoginItem(next)
    tray.update()
    trayLite.update()
    window.send({ account: null, name: 'settings.changed', payload: next })
  })

  const machineHandlers = createMachineHandlers({
    backend,
    log,
    logDirectory: options.logDirectory,
    settings,
    devices: options.devices,
    verification: createVerification(backend, t, options.locale),
    onReady() {
      window.send({ account: null, name: 'window.focus', payload: { focused: window.isFocused() } })
      window.send({ account: null, name: 'power.state', payload: { state: power.state() } })
      navigation.ready()
      if (options.hasOpened()) filesOpened()
    },
    onReadyToQuit: options.onReadyToQuit,
    onMayRelease: trayLite.mayRelease,
  })
  const accountHandlers = createAccountHandlers({
    store,
    notifications,
    media,
    previews: openLinkPreviews(settings),
    push,
    send: window.send,
    onUnread(unread) {
      tray.update(unread)
      badge(unread.total)
    },
    onOpenChat: navigation.setOpenChat,
  })
  return {
    dispatch: createDispatcher({
      handlers: { ...machineHandlers, ...accountHandlers },
      onInternalError: (method, error) => log.write('error', 'call failed', method, error),
    }),
    media: media.respond,
    filesOpened,
    pageGone() {
      media.abortImports().catch((error: unknown) => log.write('error', 'could not end imports', error))
    },
    visibilityChanged: trayLite.update,
    mayQuit: async () => !media.isUploading() || confirmQuit(t),
    quit() {
      trayLite.stop()
      push.quit()
      tray.destroy()
      power.quit()
    },
  }
}

/** In ms. */
const minutes = (count: number | null): number | null => (count === null ? null : count * 60_000)

function openMedia({
  t,
  backend,
  log,
  settings,
  store,
  replicas,
  window,
  takeOpened,
}: DesktopOptions): Media {
  const profile = app.getPath('userData')
  const directory = join(profile, 'media')
  finishErasingMedia(directory, (account) => existsSync(replicaFile(replicas, account)))
  return createMedia({
    directory,
    store,
    // Chromium's network: with the system's proxy and certificates, like the page's own requests.
    storage: createStorage(storageBase(backend), (url, init) => net.fetch(url, init)),
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
