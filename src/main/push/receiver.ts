import type { Backend } from '#shared/backend.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { DeviceId } from '#shared/functions.ts'
import type { PushState } from '#shared/bridge/push.ts'
import { PushFiles } from './credentials.ts'
import { pushHosts } from './hosts.ts'
import { unregister } from './registration.ts'
import { PushSession, type PushTiming, type SessionOptions } from './session.ts'

export type { PushState } from '#shared/bridge/push.ts'

export interface Receiver {
  /** Starts for this account, or does nothing if it runs for it. Another account's receiver ends. */
  start(account: UserId): void
  /** Ends the connection; keeps the credentials. */
  stop(): void
  /**
   * Sign-out: ends, and deletes the account's credentials before it returns; throws if that fails. The promise waits until FCM has ended
   * the registration, at most ten seconds, and never rejects.
   */
  forget(account: UserId): Promise<void>
  /** Resume from sleep, network change: tries again now, and checks a connection that looks alive. */
  wake(): void
  /** Another proxy: ends the connection, and makes a new one. */
  reconnect(): void
  state(): PushState
  /** FCM token of the running account; null: none yet. */
  token(): string | null
  /** Names this device among those of the running account; null: it is not known to FCM yet. */
  deviceId(): DeviceId | null
}

export interface ReceiverOptions extends Omit<
  SessionOptions,
  'account' | 'hosts' | 'firebase' | 'timing' | 'now' | 'random'
> {
  backend: Backend
  /** Other values for tests. */
  timing?: Partial<PushTiming>
  now?: SessionOptions['now']
  random?: SessionOptions['random']
}

const MINUTE = 60_000
const DEFAULT_TIMING: PushTiming = {
  login: 30_000,
  heartbeat: 5 * MINUTE,
  ack: 20_000,
  pause: 1000,
  maxPause: 15 * MINUTE,
  steady: MINUTE,
  renewal: 48 * 60 * MINUTE,
  renewalRetry: 60 * MINUTE,
}
/** How long a sign-out tries to end the registration, in ms. */
const UNREGISTER_MS = 10_000

/** Creates the receiver of pushes. null: the project has no push. */
export function createReceiver({ backend, ...options }: ReceiverOptions): Receiver | null {
  const { firebase } = backend
  const hosts = pushHosts(backend)
  if (firebase.messagingSenderId === undefined || hosts === null) return null
  const now = options.now ?? Date.now
  const random = options.random ?? Math.random
  const timing = { ...DEFAULT_TIMING, ...options.timing }
  let session: PushSession | null = null

  function stop(): void {
    if (session === null) return
    session.stop()
    session = null
    options.onChange('off', null)
  }

  return {
    start(account) {
      if (session?.account === account) return
      session?.stop()
      session = new PushSession({ ...options, account, hosts, firebase, timing, now, random })
      session.start()
    },
    stop,
    forget(account) {
      if (session?.account === account) stop()
      const { directory, secrets, fetch, log } = options
      const files = new PushFiles(directory, account, secrets, (event, error) => log('warn', event, error))
      const registration = files.readCredentials()?.registration ?? null
      files.remove()
      if (registration === null) return Promise.resolve()
      // Without it, FCM would keep accepting pushes for this device, which nobody could decrypt any more.
      const signal = AbortSignal.timeout(UNREGISTER_MS)
      return unregister({ fetch, hosts, firebase, now, signal }, registration).catch((error: unknown) =>
        log('info', 'could not end the push registration', error),
      )
    },
    wake: () => session?.wake(),
    reconnect: () => session?.reconnect(),
    state: () => session?.state() ?? 'off',
    token: () => session?.token() ?? null,
    deviceId: () => session?.deviceId() ?? null,
  }
}
