import { app, net, safeStorage, session, type AuthInfo } from 'electron'
import { join } from 'node:path'
import type { Backend } from '#shared/backend.ts'
import type { Log } from '../log/log.ts'
import { createKeyStore } from '../security/key-store.ts'
import type { SettingsStore } from '../settings/settings.ts'
import { createNetwork, type Network } from './network.ts'
import { credentialsFor, openProxyPassword } from './proxy-password.ts'
import { createProxyService, type ProxyService } from './proxy-service.ts'

interface Options {
  settings: SettingsStore
  backend: Backend
  log: Log
  /** Everything goes another way now. */
  onProxyChange: () => void
}

/** Opens Chromium's network with the proxy of the settings, which the default session has got before its first request. */
export function openNetwork({ settings, backend, log, onProxyChange }: Options): {
  network: Network
  proxy: ProxyService
} {
  const { defaultSession } = session
  const wire = wireOf(backend)
  const password = openProxyPassword({
    file: join(app.getPath('userData'), 'proxy-password'),
    secrets: createKeyStore(safeStorage, process.platform),
    onError: (event, error) => log.write('warn', event, error),
  })
  const network = createNetwork(
    {
      defaultSession,
      setAppProxy: (config) => app.setProxy(config),
      fetch: (url, init) => net.fetch(url, init),
      credentials: (proxy) => credentialsFor(proxy, password),
      signIn: () => signIn(wire.url, proxy),
    },
    settings.get().proxy,
  )
  const proxy = createProxyService({ settings, password, network, wire, onChange: onProxyChange })

  // Also those of libraries. Whoever sends a request at once awaits `prepare` besides.
  app.on('session-created', (created) => {
    network.prepare(created).catch((error: unknown) => log.write('error', 'no proxy for a session', error))
  })
  app.on('login', (event, _contents, _details, info, callback) => {
    if (!info.isProxy) return
    event.preventDefault()
    void respond(proxy, info, callback)
  })
  return { network, proxy }
}

/** The server of the messages. */
function wireOf({ emulator }: Backend): { host: string; port: number; url: string } {
  if (emulator === null)
    return { host: 'firestore.googleapis.com', port: 443, url: 'https://firestore.googleapis.com/' }
  const { host, firestorePort: port } = emulator
  return { host, port, url: `http://${host}:${String(port)}/` }
}

/** Without credentials, the request is cancelled. */
async function respond(
  proxy: ProxyService,
  info: AuthInfo,
  callback: (user?: string, password?: string) => void,
): Promise<void> {
  const credentials = await proxy.answer(info).catch(() => null)
  callback(credentials?.user, credentials?.password)
}

/** In ms. */
const SIGN_IN_TIMEOUT = 15_000

/**
 * Sends a request for the sake of its sign-in: Chromium remembers the credentials for all requests of the session. `net.fetch` cannot be
 * asked for them, and without a page nothing else is. Resolves to whether there was an answer.
 */
function signIn(url: string, proxy: ProxyService): Promise<boolean> {
  return new Promise((resolve) => {
    const request = net.request({ method: 'HEAD', url, session: session.defaultSession })
    request.on('login', (info, callback) => {
      void respond(proxy, info, callback)
    })
    request.on('response', (response) => {
      response.on('data', () => undefined)
      end(response.statusCode !== 407)
    })
    request.on('error', () => end(false))
    request.end()
    const timeout = setTimeout(() => request.abort(), SIGN_IN_TIMEOUT)
    request.on('abort', () => end(false))
    const end = (isDone: boolean): void => {
      clearTimeout(timeout)
      resolve(isDone)
    }
  })
}
