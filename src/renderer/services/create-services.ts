import type { Result } from '#shared/bridge.ts'
import type { Destination } from '#shared/domain/deep-link.ts'
import type { FirebaseClient } from '../data/firebase.ts'
import { Operations } from '../data/operations.ts'
import type { Platform } from '../platform/bridge.ts'
import type { NetworkStatus } from '../platform/network.ts'
import type { SessionMemory } from '../platform/session-memory.ts'
import type { AppStore } from '../stores/app-store.ts'
import { createAppService } from './app.ts'
import { createChatsService } from './chats.ts'
import { ConnectionMonitor } from './connection.ts'
import { Conversation } from './conversation.ts'
import { LiveSession } from './live-session.ts'
import { People } from './people.ts'
import { mirrorReplica } from './replica-mirror.ts'
import { createReport } from './report.ts'
import type { Services } from './services.ts'
import { Session } from './session.ts'

export interface ServicesOptions {
  platform: Platform
  firebase: FirebaseClient
  store: AppStore
  network: NetworkStatus
  memory: SessionMemory
  info: Result<'app.info'>
}

export interface RunningServices {
  services: Services
  /** What has been read from and written to Firestore since the start. */
  operations: Operations
  /** Ends the session without signing out, and everything that runs. */
  stop(): Promise<void>
}

/** Puts the services together and starts them: who is signed in shows in the store as soon as it is known. */
export function createServices(options: ServicesOptions): RunningServices {
  const { platform, firebase, store, network, memory, info } = options
  const report = createReport(platform)
  const operations = new Operations()
  const connection = new ConnectionMonitor(store, network)
  const session: Session = new Session({
    platform,
    store,
    firebase,
    memory,
    createLive: ({ me, phone }) =>
      new LiveSession({ platform, store, firebase, connection, operations, report, me, phone }),
    report,
  })
  const live = (): LiveSession | undefined => session.live
  const people = new People({ platform, live, report })
  const conversation = new Conversation({ platform, store, live, report })
  const chats = createChatsService({ platform, store, people, conversation })
  const app = createAppService({ platform, store, info, report })
  const stops = [mirrorReplica(platform, store), mirrorSystem(platform, store)]

  const go = (destination: Destination): void => {
    switch (destination.to) {
      case 'chat':
        conversation.open(destination.chatId).catch((error: unknown) => report('navigate', error))
        break
      case 'person':
        app.navigate({ pane: 'newChat', lookupPhone: destination.phone })
        break
      case 'settings':
        app.navigate({ pane: 'settings' })
    }
  }
  stops.push(
    whenReady(platform, store, go),
    platform.on('replica.interrupted', () => {
      session
        .reenter()
        .then(() => conversation.reopen())
        .catch((error: unknown) => report('replica.interrupted', error))
    }),
    platform.on('power.state', ({ state }) => {
      if (state === 'quitting') void quit()
    }),
  )

  async function quit(): Promise<void> {
    try {
      await conversation.flushDrafts()
      await live()?.presence.goodbye()
      await platform.call('app.readyToQuit')
    } catch (error) {
      report('quit', error)
    }
  }

  platform.call('settings.get').then(
    (settings) => store.setState({ settings }),
    (error: unknown) => report('settings.get', error),
  )
  session.start()
  platform.call('app.ready').catch((error: unknown) => report('app.ready', error))

  return {
    services: { session, people, chats, conversation, app },
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
    platform.on('navigate', ({ by }) => store.setState({ broughtUpByLink: by === 'link' })),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Goes where links and notifications lead: the newest wins while nobody is there to be led. */
function whenReady(platform: Platform, store: AppStore, go: (destination: Destination) => void): () => void {
  let waiting: Destination | undefined
  const isReady = (): boolean => store.getState().session.phase === 'ready'
  const stops = [
    platform.on('navigate', ({ destination }) => {
      if (isReady()) go(destination)
      else waiting = destination
    }),
    store.subscribe(() => {
      if (waiting === undefined || !isReady()) return
      const destination = waiting
      waiting = undefined
      go(destination)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
