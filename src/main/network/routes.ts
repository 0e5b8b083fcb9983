import type { ProxyConfig } from 'electron'
import { proxyAddress, type Proxy } from '#shared/proxy.ts'

/** One way to a server. */
export type Route =
  { kind: 'direct' } | { kind: 'http' | 'https' | 'socks4' | 'socks5'; host: string; port: number }

/**
 * What Chromium is told. A manual proxy has no alternative, so what it does not let through fails; `<-loopback>` ends the rule that
 * addresses of this machine need no proxy.
 */
export function chromiumProxy(proxy: Proxy): ProxyConfig {
  if (proxy.mode === 'system') return { mode: 'system' }
  if (proxy.mode === 'none') return { mode: 'direct' }
  return {
    mode: 'fixed_servers',
    proxyRules: `${proxy.kind}://${proxyAddress(proxy)}`,
    proxyBypassRules: '<-loopback>',
  }
}

const KINDS = new Map<string, Exclude<Route['kind'], 'direct'>>([
  ['PROXY', 'http'],
  ['HTTP', 'http'],
  ['HTTPS', 'https'],
  ['SOCKS', 'socks4'],
  ['SOCKS4', 'socks4'],
  ['SOCKS5', 'socks5'],
])

/**
 * The routes that `session.resolveProxy` has found, in order: `PROXY cache.example:3128; DIRECT`. What cannot be read is left out, so
 * that it does not become a direct connection.
 */
export function readRoutes(text: string): Route[] {
  return text.split(';').flatMap((part): Route[] => {
    const [word = '', address = '', ...rest] = part.trim().split(/\s+/u)
    if (word === 'DIRECT' && address === '') return [{ kind: 'direct' }]
    const kind = KINDS.get(word)
    const url = URL.parse(`proxy://${address}`)
    if (kind === undefined || url === null || rest.length > 0 || url.port === '') return []
    return [{ kind, host: url.hostname.replace(/^\[|\]$/gu, ''), port: Number(url.port) }]
  })
}
