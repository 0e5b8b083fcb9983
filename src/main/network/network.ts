import type { ProxyConfig, Session } from 'electron'
import type { Socket } from 'node:net'
import type { Proxy } from '#shared/proxy.ts'
import { chromiumProxy, readRoutes, type Route } from './routes.ts'
import { openTunnel, TunnelError, type Credentials, type Target } from './tunnel.ts'

/*
 * The one way out of the main process. Whoever sends a request takes `fetch`, or for another protocol `connect`; whoever makes a session
 * of its own, such as the updater, awaits `prepare` before the first request. So the proxy of the settings holds for all of them, and
 * when it does not answer, nothing goes another way. The page's requests are Chromium's, which has the same proxy.
 */
export interface Network {
  /** Chromium's network, with the certificates of the system. */
  fetch(url: string, init: RequestInit): Promise<Response>
  /** A connection for what is not http. Rejects with TunnelError. */
  connect(target: ProxiedTarget, signal: AbortSignal): Promise<Socket>
  /** Whether a request to this URL goes to its server without a proxy. */
  isDirect(url: string): Promise<boolean>
  /** Gives the proxy to a session. Resolves when its requests go there. */
  prepare(session: ProxiedSession): Promise<void>
  /** Gives another proxy to all sessions, and ends the connections that go the old way. */
  use(proxy: Proxy): Promise<void>
}

export interface ProxiedTarget extends Target {
  /** Proxies often let only port 443 through. Used instead of `port` where there is a proxy. */
  proxyPort: number
}

type ProxiedSession = Pick<Session, 'setProxy' | 'closeAllConnections'>

export interface NetworkOptions {
  defaultSession: ProxiedSession & Pick<Session, 'resolveProxy'>
  /** What has no session: requests of Chromium itself. */
  setAppProxy: (config: ProxyConfig) => Promise<void>
  fetch: Network['fetch']
  /** Of this proxy; null: none. */
  credentials: (proxy: Proxy) => Credentials | null
  /** Makes Chromium know them, because `fetch` has no way to ask for them. Resolves to whether that has worked. */
  signIn: () => Promise<boolean>
}

/** `proxy`: the one that the default session already has. */
export function createNetwork(
  { defaultSession, setAppProxy, fetch, credentials, signIn }: NetworkOptions,
  proxy: Proxy,
): Network {
  let current = proxy
  let signingIn: Promise<boolean> | undefined
  const sessions = new Set<WeakRef<ProxiedSession>>()

  async function routesTo({ host, port, proxyPort }: ProxiedTarget, proxy: Proxy): Promise<Route[]> {
    if (proxy.mode === 'none') return [{ kind: 'direct' }]
    // Not asked of Chromium: whatever it says, a manual proxy is the only way.
    if (proxy.mode === 'manual') return [{ kind: proxy.kind, host: proxy.host, port: proxy.port }]
    const name = host.includes(':') ? `[${host}]` : host
    const routes = readRoutes(await defaultSession.resolveProxy(`https://${name}:${String(port)}/`))
    const isProxied = routes.some(({ kind }) => kind !== 'direct')
    return isProxied && proxyPort !== port
      ? readRoutes(await defaultSession.resolveProxy(`https://${name}:${String(proxyPort)}/`))
      : routes
  }

  return {
    async fetch(url, init) {
      if (credentials(current) !== null && !(await (signingIn ??= signIn()))) signingIn = undefined
      return fetch(url, init)
    },
    async connect(target, signal) {
      const used = current
      let failure = new TunnelError('refused', 'no usable proxy')
      for (const route of await routesTo(target, used)) {
        const port = route.kind === 'direct' ? target.port : target.proxyPort
        try {
          return await openTunnel(route, { host: target.host, port }, credentials(used), signal)
        } catch (error) {
          if (!(error instanceof TunnelError) || signal.aborted) throw error
          failure = error
        }
      }
      throw failure
    },
    async isDirect(url) {
      if (current.mode !== 'system') return current.mode === 'none'
      const routes = readRoutes(await defaultSession.resolveProxy(url))
      return routes.length > 0 && routes.every(({ kind }) => kind === 'direct')
    },
    prepare(session) {
      sessions.add(new WeakRef(session))
      return session.setProxy(chromiumProxy(current))
    },
    async use(next) {
      current = next
      const config = chromiumProxy(next)
      const all = [defaultSession, ...[...sessions].flatMap((session) => session.deref() ?? [])]
      await Promise.all([setAppProxy(config), ...all.map((session) => session.setProxy(config))])
      signingIn = undefined
      await Promise.all(all.map((session) => session.closeAllConnections()))
    },
  }
}
