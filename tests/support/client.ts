import { setLogLevel } from 'firebase/firestore'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeFor } from '../../scripts/lib/emulator-rest.ts'
import { BridgeError } from '../../src/main/bridge/bridge-error.ts'
import { createAccountHandlers } from '../../src/main/bridge/account-handlers.ts'
import { createDispatcher, type MachineHandlers } from '../../src/main/bridge/dispatcher.ts'
import { createMedia } from '../../src/main/media/media.ts'
import { createStorage, storageBase } from '../../src/main/media/storage.ts'
import { createPushService } from '../../src/main/push/push-service.ts'
import { openStore, type IncomingMessage } from '../../src/main/store/store.ts'
import { createFirebaseClient, type FirebaseClient } from '../../src/renderer/data/firebase.ts'
import type { Wire } from '../../src/renderer/data/wire.ts'
import { createPlatform } from '../../src/renderer/platform/bridge.ts'
import type { NetworkStatus } from '../../src/renderer/platform/network.ts'
import type { SessionMemory } from '../../src/renderer/platform/session-memory.ts'
import { createServices, type RunningServices } from '../../src/renderer/services/create-services.ts'
import { createAppStore, type AppState, type AppStore } from '../../src/renderer/stores/app-store.ts'
import { messagesOf } from '../../src/renderer/stores/messages.ts'
import type { Backend } from '../../src/shared/backend.ts'
import type { BridgeEvent, PreloadBridge } from '../../src/shared/bridge/index.ts'
import { type ChatId, type Phone, type UserId } from '../../src/shared/domain/ids.ts'
import { compareMessages, type Message } from '../../src/shared/messages/envelope.ts'
import type { Sha256 } from '../../src/shared/messages/attachment.ts'
import type { Intent } from '../../src/shared/intents/index.ts'
import { defaultSettings, settingsSchema } from '../../src/shared/settings.ts'
import { newPhone } from './new-phone.ts'
import { emulatorPhoneAuth } from './phone-sign-in.ts'

/*
 * A complete client in Node, without the window: the services, the real replica and the real SDK, and the part of main between
 * them. Tests act through `services`, and read from `store` what the person would see.
 */

const WAIT_LIMIT_MS = 45_000
const directories: string[] = []
let clients = 0

process.once('exit', removeTemporaryDirectories)
// Denied requests are part of the tests.
setLogLevel('silent')

export interface TestClient extends RunningServices {
  store: AppStore
  /** The messages that the store announced to the notifications. */
  incoming: IncomingMessage[]
  /** Firestore, as the open session uses it. Throws when nobody is signed in. */
  wire(): Wire
  /** The lines of the log file. */
  log: string[]
  /** Reads a file of this machine as the page does. */
  media(sha256: Sha256, mime: string, headers?: Record<string, string>): Promise<Response>
  /** The folder of the replicas and files. Another client with the same folder acts as the same machine. */
  directory: string
  memory: SessionMemory
  /** Emits an event of main: focus, power, links. */
  emit(event: BridgeEvent): void
  /** Sets the value of navigator.onLine. */
  setNetwork(isUp: boolean): void
  signIn(phone: Phone): Promise<UserId>
  /** Sends a text. */
  send(chatId: ChatId, text: string): Promise<void>
  /** Resolves when the condition is true. Rejects after a timeout, with `what` in the message. */
  until(what: string, condition: (state: AppState) => boolean): Promise<void>
  /** The messages of a chat in the replica, in their order. */
  messages(chatId: ChatId): Promise<Message[]>
  /** The waiting intents of the replica. */
  pending(): Promise<Intent[]>
  /** Ends the client; the folder stays until the test ends. */
  close(): Promise<void>
}

export interface ClientOptions {
  backend: Backend
  directory?: string
  memory?: SessionMemory
  /** Returns true for calls that must never reach main, as if the process had ended before. */
  swallow?: (method: string) => boolean
}

export function memorySession(): SessionMemory {
  let stored: unknown = null
  return {
    load: () => stored,
    save(value) {
      stored = value
    },
  }
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'perch-client-'))
  directories.push(directory)
  return directory
}

/** Runs when the process exits normally. The processes of a test runner do not exit normally, so tests call it. */
export function removeTemporaryDirectories(): void {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
}

export function startClient(options: ClientOptions): TestClient {
  clients += 1
  const { backend, directory = temporaryDirectory(), memory = memorySession() } = options
  const log: string[] = []
  const incoming: IncomingMessage[] = []
  const replica = openStore({
    workerFile: new URL('../../src/main/store/worker.ts', import.meta.url),
    directory,
    log: (event, detail) => log.push(`${event} ${detail}`),
  })
  const listeners = new Set<(event: BridgeEvent) => void>()
  const emit = (event: BridgeEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const media = createMedia({
    directory: join(directory, 'media'),
    store: replica,
    storage: createStorage(storageBase(backend), fetch),
    exports: {
      saveAs: () => Promise.resolve('cancelled'),
      showSaved: () => false,
      copyImage: () => Promise.resolve('done'),
      open: () => Promise.resolve('done'),
      dragOut: () => Promise.resolve('done'),
      clear: () => Promise.resolve(),
    },
    limit: () => defaultSettings.storageLimit,
    takeOpened: () => [],
    send: emit,
    onTotal: () => undefined,
    log: (event, error) => log.push(`${event} ${String(error)}`),
  })
  const accountHandlers = createAccountHandlers({
    store: replica,
    media,
    previews: { fetch: () => Promise.resolve(null) },
    push: createPushService({
      createReceiver: () => null,
      onStatus: () => undefined,
      onHint: () => undefined,
      onHealth: () => undefined,
    }),
    notifications: {
      announce(arrived) {
        incoming.push(...arrived)
        // `incoming` is not in the store. Notify the store's listeners, so that `until` checks its condition again.
        store.setState({})
      },
      withdraw: () => undefined,
      clear: () => undefined,
      clearAll: () => undefined,
    },
    send: emit,
    onUnread: () => undefined,
    onOpenChat: () => undefined,
  })
  const dispatch = createDispatcher({
    handlers: { ...machineHandlers(backend, log), ...accountHandlers },
    mayRun: () => true,
    onInternalError: (method, error) => log.push(`internal ${method} ${String(error)}`),
  })
  const preload: PreloadBridge = {
    call(account, method, args) {
      if (options.swallow?.(method) === true) return new Promise(() => undefined)
      return dispatch(account, method, structuredClone(args))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const network = switchableNetwork()
  const store = createAppStore()
  const firebase = createFirebaseClient(backend, {
    name: `client-${String(clients)}`,
    session: 'memory',
    phoneAuth: (auth) => emulatorPhoneAuth(backend, auth),
  })
  let wire: Wire | undefined
  const watched: FirebaseClient = {
    ...firebase,
    openWire: (me, context) => (wire = firebase.openWire(me, context)),
  }
  const running = createServices({
    platform: createPlatform(preload),
    loadFirebase: () => Promise.resolve(memory.load() === null ? watched : restoring(watched)),
    store,
    network,
    memory,
    info: { version: '0.0.0', platform: 'linux', backend },
    nextPaint: () => Promise.resolve(),
  })

  let closing: Promise<void> | undefined
  const until = (what: string, condition: (state: AppState) => boolean): Promise<void> =>
    waitUntil(store, condition, () => {
      const { session, connection, firstSyncDone } = store.getState()
      const lines = [`${what}: ${JSON.stringify({ session, connection, firstSyncDone })}`, ...log.slice(-20)]
      return lines.join('\n')
    })

  return {
    ...running,
    store,
    incoming,
    wire() {
      if (wire === undefined) throw new Error('Nobody is signed in.')
      return wire
    },
    log,
    media: (sha256, mime, headers = {}) =>
      media.respond(new Request(`app://media/${sha256}?type=${encodeURIComponent(mime)}`, { headers })),
    directory,
    memory,
    emit,
    setNetwork: network.set,
    until,
    async signIn(phone) {
      await running.services.session.requestCode(phone)
      await running.services.session.confirmCode(await codeFor(backend, phone))
      await until('signed in', ({ session }) => session.phase === 'ready' || session.phase === 'needsProfile')
      return meOf(store.getState())
    },
    async messages(chatId) {
      const me = meOf(store.getState())
      const messages = await replica.call(me, 'replica.messages', { chatId, before: null, limit: 1000 })
      return messages.toSorted(compareMessages)
    },
    send: (chatId, text) => running.services.conversation.send(chatId, { kind: 'text', text }),
    pending: () => replica.call(meOf(store.getState()), 'outbox.pending', undefined),
    close() {
      closing ??= running
        .stop()
        .then(() => firebase.close())
        .then(() => replica.close())
      return closing
    },
  }
}

export interface SignedInClient extends TestClient {
  me: UserId
  phone: Phone
}

/** Starts a client and signs in with this number and name. Resolves when it is up to date with the server. */
export async function startSignedIn(
  options: ClientOptions,
  { phone = newPhone(), name = 'Someone' }: { phone?: Phone; name?: string } = {},
): Promise<SignedInClient> {
  const client = startClient(options)
  const me = await client.signIn(phone)
  if (client.store.getState().session.phase === 'needsProfile') {
    await client.services.session.saveProfile({ displayName: name, about: '' })
  }
  await client.until('online', ({ connection, firstSyncDone }) => connection === 'online' && firstSyncDone)
  return { ...client, me, phone }
}

export function meOf({ session }: AppState): UserId {
  if (session.phase !== 'ready' && session.phase !== 'needsProfile') throw new Error('Nobody is signed in.')
  return session.me
}

/** Returns the messages of the open conversation. */
export function shownMessages({ messages, conversation }: AppState): Message[] {
  return messagesOf(messages, conversation?.keys ?? [])
}

export function texts(messages: readonly Message[]): string[] {
  return messages.map(({ body }) => (body?.kind === 'text' ? body.text : `(${body?.kind ?? 'deleted'})`))
}

async function waitUntil(
  store: AppStore,
  condition: (state: AppState) => boolean,
  describe: () => string,
): Promise<void> {
  if (condition(store.getState())) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const unsubscribe = store.subscribe((state) => {
    if (condition(state)) resolve()
  })
  const limit = setTimeout(() => reject(new Error(`Timed out: ${describe()}`)), WAIT_LIMIT_MS)
  try {
    await promise
  } finally {
    clearTimeout(limit)
    unsubscribe()
  }
}

/** Simulates an SDK that restores the session slowly: it reports the user only after `signIn`. */
function restoring(firebase: FirebaseClient): FirebaseClient {
  return {
    ...firebase,
    onUser(listener) {
      let isRestored = false
      return firebase.onUser((user) => {
        isRestored ||= user !== null
        if (isRestored) listener(user)
      })
    },
  }
}

function switchableNetwork(): NetworkStatus & { set(isUp: boolean): void } {
  const listeners = new Set<() => void>()
  let up = true
  return {
    isUp: () => up,
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(isUp) {
      up = isUp
      for (const listener of listeners) listener()
    },
  }
}

/** Handlers of a machine without a window. */
function machineHandlers(backend: Backend, log: string[]): MachineHandlers {
  return {
    'app.info': () => ({ version: '0.0.0', platform: 'linux', backend }),
    'app.ready': () => undefined,
    'app.readyToQuit': () => undefined,
    'app.mayRelease': () => undefined,
    'app.log': ({ event, detail }) => {
      log.push(`${event} ${detail ?? ''}`)
    },
    'app.openLogs': () => undefined,
    'links.open': () => undefined,
    'clipboard.writePng': () => undefined,
    'png.save': () => true,
    'clipboard.write': () => undefined,
    'verification.solve': () => {
      throw new BridgeError('cancelled', 'There is no window.')
    },
    'lock.state': () => ({ hasPin: false, locked: false, waitMs: 0, touchId: false }),
    'lock.setPin': () => ({ outcome: 'unreadable', waitMs: 0 }),
    'lock.removePin': () => ({ outcome: 'unreadable', waitMs: 0 }),
    'lock.lock': () => undefined,
    'lock.unlock': () => ({ outcome: 'unreadable', waitMs: 0 }),
    'lock.unlockByTouchId': () => false,
    'lock.covered': () => undefined,
    'lock.forget': () => undefined,
    'settings.get': () => defaultSettings,
    'settings.set': (patch) => settingsSchema.parse({ ...defaultSettings, ...patch }),
    'shortcut.state': () => ({ works: true, asksSystem: false }),
    'shortcut.pause': () => undefined,
    'spelling.read': () => ({ available: [], used: [] }),
    'diagnostics.save': () => false,
    'proxy.password': () => 'none',
    'proxy.set': () => 'none',
    'proxy.test': () => 'works',
    'microphone.open': () => 'granted',
    'microphone.close': () => undefined,
    'microphone.openSettings': () => false,
    'camera.open': () => 'granted',
    'camera.close': () => undefined,
    'camera.openSettings': () => false,
    'notifications.check': () => ({
      permission: 'unknown',
      doNotDisturb: null,
      trayHost: null,
      badge: null,
      opensAtLogin: null,
      push: null,
    }),
    'notifications.test': () => 'failed',
    'notifications.openSettings': () => false,
    'updates.check': () => undefined,
    'updates.install': () => 'none',
  }
}
