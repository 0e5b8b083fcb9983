import type { CameraService } from '#shared/domain/camera.ts'
import type { Result } from '#shared/bridge/index.ts'
import type { Destination } from '#shared/domain/deep-link.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { FirebaseClient } from '../data/firebase.ts'
import { Operations } from '../data/operations.ts'
import type { Platform } from '../platform/bridge.ts'
import { forgetListSnapshots } from '../platform/list-snapshot.ts'
import { mediaUrl } from '../platform/media-url.ts'
import type { NetworkStatus } from '../platform/network.ts'
import type { SessionMemory } from '../platform/session-memory.ts'
import type { AppStore } from '../stores/app-store.ts'
import { createAppService } from './app/app-service.ts'
import { createChatsService } from './chats/chats-service.ts'
import { ConnectionMonitor } from './session/connection.ts'
import { Conversation } from './conversation/conversation.ts'
import type { CurrentAccount } from './session/account-session.ts'
import { followNotifications } from './notifications/follow-notifications.ts'
import { followLock } from './lock/follow-lock.ts'
import { createOutboxService } from './outbox/outbox-service.ts'
import type { MediaServiceOptions } from './media/media-service.ts'
import { People } from './people/people.ts'
import { createReport } from './app/report.ts'
import type { PhotoRenderer } from './attach/photo-tasks.ts'
import type {
  AttachmentsService,
  InvitesService,
  LinkPreviewsService,
  LockService,
  MediaService,
  NotificationsService,
  ProxyService,
  Services,
  StorageService,
} from './services.ts'
import { Session } from './session/session.ts'
import { voiceLoaders } from './voice/loaders.ts'

export interface ServicesOptions {
  platform: Platform
  /** Loads Firebase. Called once, after the replica of the last signed-in person is shown. */
  loadFirebase: () => Promise<FirebaseClient>
  store: AppStore
  network: NetworkStatus
  memory: SessionMemory
  info: Result<'app.info'>
  /** Resolves after the next frame is painted. Resolves at once where nothing is painted. */
  nextPaint: () => Promise<void>
}

export interface RunningServices {
  services: Services
  /** Counts reads and writes of Firestore since the start. */
  operations: Operations
  /** Stops everything, without signing out. */
  stop(): Promise<void>
}

/** Creates the services and starts them. */
export function createServices(options: ServicesOptions): RunningServices {
  const { platform, store, network, memory, info, nextPaint } = options
  const report = createReport(platform)
  const operations = new Operations()
  const connection = new ConnectionMonitor(store, network)
  const session: Session = new Session({
    platform,
    store,
    memory,
    async loadServer() {
      const firebase = await options.loadFirebase()
      const { LiveSession } = await import('./session/live-session.ts')
      const shared = { platform, store, firebase, connection, operations, report }
      return { firebase, createLive: (account) => new LiveSession({ ...shared, account }) }
    },
    onReentered: () => {
      conversation.reopen().catch((error: unknown) => report('replica.interrupted', error))
    },
    report,
  })
  const account: CurrentAccount = () => session.account
  const people = new People({ account, report })
  const conversation: Conversation = new Conversation({ store, account, report, nextPaint })
  const chats = createChatsService({ account, store, people, conversation })
  const { inviteDomain } = info.backend
  let invites: Promise<InvitesService> | undefined
  /** Painting the list does not need the code of links. */
  const loadInvites = async (): Promise<InvitesService> => {
    const { createInvitesService } = await import('./chats/invites-service.ts')
    return createInvitesService({ account, store, conversation, inviteDomain })
  }
  let media: Promise<MediaService> | undefined
  const mediaService = (): Promise<MediaService> => (media ??= loadMedia())
  const loadMedia = async (): Promise<MediaService> => {
    const [{ createMediaService }, { readFile }, { toPng }] = await Promise.all([
      import('./media/media-service.ts'),
      import('./media/read-file.ts'),
      import('./media/to-png.ts'),
    ])
    const read: MediaServiceOptions['read'] = (sha256, mime) => readFile(mediaUrl, sha256, mime)
    return createMediaService({ account, store, report, read, toPng })
  }
  let proxy: Promise<ProxyService> | undefined
  const loadProxy = async (): Promise<ProxyService> =>
    (await import('./network/proxy-service.ts')).createProxyService(platform)
  let storage: Promise<StorageService> | undefined
  const loadStorage = async (): Promise<StorageService> => {
    const { createStorageService } = await import('./storage/storage-service.ts')
    return createStorageService(account)
  }
  let photos: Promise<PhotoRenderer> | undefined
  /** The policy of the page lets the workers be set up once only. */
  const photoWorkers = (): Promise<PhotoRenderer> =>
    (photos ??= import('./attach/photo-workers.ts').then(({ createPhotoWorkers }) => createPhotoWorkers()))
  let attachments: Promise<AttachmentsService> | undefined
  const loadAttachments = async (): Promise<AttachmentsService> => {
    const [{ createPageAttachments }, drawn] = await Promise.all([
      import('./attach/page-attachments.ts'),
      photoWorkers(),
    ])
    return createPageAttachments({
      store,
      conversation,
      report,
      media: mediaService,
      mediaUrl,
      photos: drawn,
    })
  }
  let linkPreviews: Promise<LinkPreviewsService> | undefined
  const loadLinkPreviews = async (): Promise<LinkPreviewsService> => {
    const [{ LinkPreviews }, drawn] = await Promise.all([import('./links/link-previews.ts'), photoWorkers()])
    return new LinkPreviews({ store, account, report, photos: drawn })
  }
  let camera: Promise<CameraService> | undefined
  const loadCamera = async (): Promise<CameraService> => {
    const { createCameraService } = await import('./attach/camera.ts')
    return createCameraService({ platform, report })
  }
  let notifications: Promise<NotificationsService> | undefined
  const notificationsService = (): Promise<NotificationsService> => (notifications ??= loadNotifications())
  const loadNotifications = async (): Promise<NotificationsService> => {
    const { createNotificationsService } = await import('./notifications/notifications-service.ts')
    return createNotificationsService(platform)
  }
  let lock: Promise<LockService> | undefined
  const lockService = (): Promise<LockService> => (lock ??= loadLock())
  const loadLock = async (): Promise<LockService> => {
    const { createLockService } = await import('./lock/lock-service.ts')
    return createLockService({ platform, conversation, report })
  }
  const voice = voiceLoaders({
    platform,
    account,
    store,
    conversation,
    media: mediaService,
    mediaUrl,
    report,
  })
  const app = createAppService({ platform, store, info, report })
  const stops = [mirrorSystem(platform, store)]

  /** Opens a chat, at the message if there is one. */
  const openChat = async ({ chatId, messageId }: Extract<Destination, { to: 'chat' }>): Promise<void> => {
    await conversation.open(chatId)
    if (messageId !== undefined && store.getState().navigation.openChatId === chatId)
      app.navigate({ wanted: messageId })
  }

  const openDestination = (destination: Destination): void => {
    switch (destination.to) {
      case 'chat':
        openChat(destination).catch((error: unknown) => report('navigate', error))
        break
      case 'person':
        app.navigate({ pane: 'newChat', lookupPhone: destination.phone })
        break
      case 'join':
        app.navigate({ invite: destination.invite })
        break
      case 'settings':
      case 'newChat':
      case 'newGroup':
        app.navigate({ pane: destination.to })
    }
  }
  stops.push(
    followLock({ platform, store, conversation, voice, forget: forgetListSnapshots, report }),
    openWhenReady(platform, store, openDestination),
    followNotifications({
      platform,
      store,
      conversation,
      chats,
      notifications: notificationsService,
      report,
    }),
    platform.on('power.state', ({ state }) => {
      if (state === 'quitting') void quit()
    }),
    platform.on('page.release', () => void release()),
  )

  async function quit(): Promise<void> {
    try {
      await conversation.flushDrafts()
      await account()?.live?.presence.goOffline()
      await platform.call('app.readyToQuit')
    } catch (error) {
      report('quit', error)
    }
  }

  /** Returns false when something is on its way to the server or from it. */
  async function finishWork(current: ReturnType<CurrentAccount>): Promise<boolean> {
    if (current?.live === undefined) return false
    await current.live.caughtUp()
    if (await current.live.messages.isBehind()) return false
    const waiting = await current.replica.call('outbox.pending')
    const { saving, connection } = store.getState()
    if (saving.length > 0 || waiting.length > 0 || connection !== 'online') return false
    await current.live.presence.goOffline()
    return true
  }

  /** Lets main end the page when it has no work left. */
  async function release(): Promise<void> {
    try {
      await conversation.flushDrafts()
      if (store.getState().session.phase === 'signedOut' || (await finishWork(account())))
        await platform.call('app.mayRelease')
    } catch (error) {
      report('release', error)
    }
  }

  platform.call('settings.get').then(
    (settings) => store.setState({ settings }),
    (error: unknown) => report('settings.get', error),
  )
  session.start()
  platform.call('app.ready').catch((error: unknown) => report('app.ready', error))

  return {
    services: {
      session,
      people,
      outbox: createOutboxService(account),
      chats,
      invites: () => (invites ??= loadInvites()),
      attachments: () => (attachments ??= loadAttachments()),
      camera: () => (camera ??= loadCamera()),
      linkPreviews: () => (linkPreviews ??= loadLinkPreviews()),
      media: mediaService,
      proxy: () => (proxy ??= loadProxy()),
      storage: () => (storage ??= loadStorage()),
      notifications: notificationsService,
      lock: lockService,
      mediaUrl: (sha256, mime) => mediaUrl(sha256, mime),
      ...voice,
      conversation,
      app,
    },
    operations,
    async stop() {
      await session.stop()
      for (const stop of stops) stop()
      connection.stop()
    },
  }
}

function mirrorSystem(platform: Platform, store: AppStore): () => void {
  const stops = [
    platform.on('settings.changed', (settings) => store.setState({ settings })),
    platform.on('window.focus', ({ focused }) => store.setState({ windowFocused: focused })),
    platform.on('power.state', ({ state }) => store.setState({ power: state })),
    platform.on('updates.changed', (updates) => store.setState({ updates })),
    platform.on('files.opened', () => store.setState((state) => ({ filesOpened: state.filesOpened + 1 }))),
    platform.on('navigate', ({ by }) => store.setState({ openedByLink: by === 'link' })),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Opens the destinations of links and notifications. Until someone is signed in, the newest request waits. */
function openWhenReady(
  platform: Platform,
  store: AppStore,
  open: (destination: Destination) => void,
): () => void {
  let waiting: { destination: Destination; account: UserId | null } | undefined
  const openWaiting = (): void => {
    const { session } = store.getState()
    if (waiting === undefined || session.phase !== 'ready') return
    const { destination, account } = waiting
    waiting = undefined
    // A notification of an account that is no longer signed in is ignored.
    if (account === null || account === session.me) open(destination)
  }
  const stops = [
    platform.on('navigate', ({ destination }, account) => {
      waiting = { destination, account }
      openWaiting()
    }),
    store.subscribe(openWaiting),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
