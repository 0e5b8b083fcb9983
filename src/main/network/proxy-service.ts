import type { AuthInfo } from 'electron'
import type { ProxyPasswordState, ProxyVerdict } from '#shared/bridge/proxy.ts'
import { isSameProxy, userOf, type ManualProxy } from '#shared/proxy.ts'
import type { Args } from '#shared/bridge/index.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { Network } from './network.ts'
import { credentialsFor, type ProxyPassword } from './proxy-password.ts'
import { openTunnel, TunnelError, type Credentials, type Target } from './tunnel.ts'

/** How long a test of the credentials holds, in ms. A proxy may lock a person out after a few wrong attempts. */
const TESTED_MS = 30_000
/** A page may have so many proxies tested in this time (ms): it must not look for open ports of the network. */
const TESTS = { count: 20, within: 60_000 } as const
const TEST_TIMEOUT_MS = 10_000

export interface ProxyService {
  passwordState(): ProxyPasswordState
  set(change: Args<'proxy.set'>): Promise<ProxyPasswordState>
  test(proxy: Args<'proxy.test'>): Promise<ProxyVerdict>
  /** Answers a proxy that asks Chromium for credentials. Null: it gets none. */
  answer(info: AuthInfo): Promise<Credentials | null>
}

export interface ProxyServiceOptions {
  settings: Pick<SettingsStore, 'get' | 'set'>
  password: ProxyPassword
  network: Pick<Network, 'use'>
  /** What a test reaches: the server of the messages. */
  wire: Target
  /** Everything goes another way now: connections outside of Chromium's network begin again. */
  onChange: () => void
  now?: () => number
}

export function createProxyService({
  settings,
  password,
  network,
  wire,
  onChange,
  now = Date.now,
}: ProxyServiceOptions): ProxyService {
  let current = settings.get().proxy
  let tests: number[] = []
  let tested: { at: number; verdict: Promise<ProxyVerdict> } | undefined

  async function tryProxy(proxy: ManualProxy, credentials: Credentials | null): Promise<ProxyVerdict> {
    const { kind, host, port } = proxy
    try {
      const signal = AbortSignal.timeout(TEST_TIMEOUT_MS)
      const socket = await openTunnel({ kind, host, port }, wire, credentials, signal)
      socket.destroy()
      return 'works'
    } catch (error) {
      if (error instanceof TunnelError) return error.reason
      throw error
    }
  }

  function count(): void {
    tests = tests.filter((at) => at > now() - TESTS.within)
    if (tests.length >= TESTS.count) throw new BridgeError('refused', 'too many tests of a proxy')
    tests.push(now())
  }

  /** Of the proxy in use. Not repeated for each of the requests that begin at the same time. */
  function verdict(proxy: ManualProxy): Promise<ProxyVerdict> {
    if (tested === undefined || tested.at <= now() - TESTED_MS)
      tested = { at: now(), verdict: tryProxy(proxy, credentialsFor(proxy, password)) }
    return tested.verdict
  }

  return {
    passwordState: () => password.state(current),
    async set({ proxy, password: given }) {
      // Of another proxy or another user, so it is not kept.
      if (given !== undefined || !isSameProxy(proxy, current))
        password.set(proxy, userOf(proxy) === null ? null : (given ?? null))
      tested = undefined
      current = proxy
      await network.use(proxy)
      settings.set({ proxy })
      onChange()
      return password.state(proxy)
    },
    async test(args) {
      if (args === null && current.mode !== 'manual') return 'works'
      count()
      if (args === null)
        return current.mode === 'manual' ? tryProxy(current, credentialsFor(current, password)) : 'works'
      return tryProxy(args.proxy, credentialsFor(args.proxy, password, args.password))
    },
    async answer({ isProxy, scheme, host, port }) {
      const proxy = current
      // The password goes only to the proxy of the settings, and only as Basic: anything else has no test here.
      if (!isProxy || scheme !== 'basic' || proxy.mode !== 'manual') return null
      if (host.replace(/^\[|\]$/gu, '') !== proxy.host.toLowerCase() || port !== proxy.port) return null
      const credentials = credentialsFor(proxy, password)
      if (credentials === null) return null
      return (await verdict(proxy)) === 'denied' ? null : credentials
    },
  }
}
