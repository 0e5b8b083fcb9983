import type { ProxyConfig } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Proxy } from '#shared/proxy.ts'
import { Servers } from './fixtures/servers.ts'
import { createNetwork, type Network, type NetworkOptions } from './network.ts'

const never = new AbortController().signal
const system: Proxy = { mode: 'system' }
let servers: Servers
let steps: string[]
/** What Chromium says about a URL. */
let routes: string
let credentials: NetworkOptions['credentials']
let signIn: NetworkOptions['signIn']

beforeEach(() => {
  servers = new Servers()
  steps = []
  routes = 'DIRECT'
  credentials = () => null
  signIn = () => Promise.resolve(true)
})
afterEach(() => servers.stop())

const recording = (name: string) => ({
  setProxy({ mode, proxyRules = '' }: ProxyConfig) {
    steps.push(`${name} ${mode ?? ''} ${proxyRules}`.trim())
    return Promise.resolve()
  },
  closeAllConnections() {
    steps.push(`${name} closes`)
    return Promise.resolve()
  },
})

function open(proxy: Proxy): Network {
  return createNetwork(
    {
      defaultSession: {
        ...recording('default'),
        resolveProxy(url) {
          steps.push(url)
          return Promise.resolve(routes)
        },
      },
      setAppProxy: recording('app').setProxy,
      fetch(url) {
        steps.push(`fetch ${url}`)
        return Promise.resolve(new Response(''))
      },
      credentials: (used) => credentials(used),
      signIn: () => signIn(),
    },
    proxy,
  )
}

const socks = (port: number): Proxy => ({ mode: 'manual', kind: 'socks5', host: '127.0.0.1', port })

/** A server that nobody may reach without the proxy. */
async function trap(): Promise<{ port: number; hits: () => number }> {
  let hits = 0
  const port = await servers.listen((socket) => {
    hits += 1
    socket.destroy()
  })
  return { port, hits: () => hits }
}

describe('connect', () => {
  it('uses a manual proxy whatever Chromium says, with the port for proxies', async () => {
    const seen: string[] = []
    const port = await servers.socks5(seen, await servers.echo())
    const socket = await open(socks(port)).connect(
      { host: 'mtalk.invalid', port: 5228, proxyPort: 443 },
      never,
    )
    socket.destroy()
    expect(seen).toEqual(['mtalk.invalid:443'])
    expect(steps).toEqual([])
  })

  it('does not go directly when the manual proxy is down', async () => {
    const { port, hits } = await trap()
    const network = open(socks(await servers.closedPort()))
    const connecting = network.connect({ host: '127.0.0.1', port, proxyPort: port }, never)
    await expect(connecting).rejects.toMatchObject({ reason: 'silent' })
    expect(hits()).toBe(0)
  })

  it('asks the system, and tries its routes in their order', async () => {
    const seen: string[] = []
    const working = await servers.socks5(seen, await servers.echo())
    routes = `PROXY 127.0.0.1:${await servers.closedPort()}; SOCKS5 127.0.0.1:${working}; DIRECT`
    const socket = await open(system).connect({ host: 'mtalk.invalid', port: 5228, proxyPort: 443 }, never)
    socket.destroy()
    expect(steps).toEqual(['https://mtalk.invalid:5228/', 'https://mtalk.invalid:443/'])
    expect(seen).toEqual(['mtalk.invalid:443'])
  })

  it('makes no connection when the answer of the system is unreadable', async () => {
    const { port, hits } = await trap()
    routes = 'QUIC a:1'
    const connecting = open(system).connect({ host: '127.0.0.1', port, proxyPort: port }, never)
    await expect(connecting).rejects.toMatchObject({ reason: 'refused' })
    expect(hits()).toBe(0)
  })

  it('goes directly, on the usual port, where there is no proxy', async () => {
    const port = await servers.echo()
    const target = { host: '127.0.0.1', port, proxyPort: 1 }
    for (const mode of ['system', 'none'] as const) {
      const socket = await open({ mode }).connect(target, never)
      expect(socket.remotePort).toBe(port)
      socket.destroy()
    }
  })
})

describe('a change', () => {
  it('reaches all sessions before their old connections end', async () => {
    const network = open(system)
    const updater = recording('updater')
    await network.prepare(updater)
    expect(steps).toEqual(['updater system'])
    steps = []
    await network.use(socks(1080))
    const rule = 'fixed_servers socks5://127.0.0.1:1080'
    expect(steps).toEqual([
      `app ${rule}`,
      `default ${rule}`,
      `updater ${rule}`,
      'default closes',
      'updater closes',
    ])
  })
})

describe('fetch', () => {
  it('signs in to the proxy first, once, and again after a failure or a change', async () => {
    const signing = vi.fn<NetworkOptions['signIn']>(() => Promise.resolve(true))
    signing.mockResolvedValueOnce(false)
    signIn = signing
    credentials = () => ({ user: 'ada', password: 'x' })
    const network = open(socks(1))
    for (const name of ['a', 'b', 'c']) await network.fetch(name, {})
    expect(signing).toHaveBeenCalledTimes(2)
    await network.use(socks(2))
    await network.fetch('d', {})
    expect(signing).toHaveBeenCalledTimes(3)
  })

  it('does not sign in where there are no credentials', async () => {
    const signing = vi.fn<NetworkOptions['signIn']>(() => Promise.resolve(true))
    signIn = signing
    await open(socks(1)).fetch('a', {})
    expect(signing).not.toHaveBeenCalled()
  })
})

describe('isDirect', () => {
  it.each<[Proxy, string, boolean]>([
    [{ mode: 'none' }, 'PROXY a:1', true],
    [socks(1), 'DIRECT', false],
    [system, 'DIRECT', true],
    [system, 'PROXY a:1', false],
    [system, 'PROXY a:1; DIRECT', false],
    [system, '', false],
  ])('with %j, and %j from Chromium: %j', async (proxy, answer, isDirect) => {
    routes = answer
    expect(await open(proxy).isDirect('https://example.org/')).toBe(isDirect)
  })
})
