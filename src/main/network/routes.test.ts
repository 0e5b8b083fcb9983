import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manualProxySchema } from '#shared/proxy.ts'
import { chromiumProxy, readRoutes } from './routes.ts'

describe('chromiumProxy', () => {
  it('has no alternative to a manual proxy, and no server that needs none', () => {
    const place = { mode: 'manual', host: '2001:db8::1', port: 8080 } as const
    expect(chromiumProxy({ ...place, kind: 'http', user: 'ada' })).toEqual({
      mode: 'fixed_servers',
      proxyRules: 'http://[2001:db8::1]:8080',
      proxyBypassRules: '<-loopback>',
    })
    expect(chromiumProxy({ ...place, kind: 'socks5' }).proxyRules).toBe('socks5://[2001:db8::1]:8080')
  })

  it('leaves the rest to Chromium', () => {
    expect(chromiumProxy({ mode: 'system' })).toEqual({ mode: 'system' })
    expect(chromiumProxy({ mode: 'none' })).toEqual({ mode: 'direct' })
  })

  it('writes no rule but its own, for any host that the settings accept', () => {
    const host = fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(host, (text) => {
        const proxy = manualProxySchema.safeParse({ mode: 'manual', kind: 'socks5', host: text, port: 1 })
        if (!proxy.success) return
        const { proxyRules = '' } = chromiumProxy(proxy.data)
        expect(proxyRules).toMatch(/^socks5:\/\/[A-Za-z0-9.:[\]-]+:1$/u)
        expect(proxyRules).not.toMatch(/[;,=]|direct/u)
      }),
    )
  })
})

describe('readRoutes', () => {
  it.each([
    ['DIRECT', [{ kind: 'direct' }]],
    [
      'PROXY cache.example:3128; DIRECT',
      [{ kind: 'http', host: 'cache.example', port: 3128 }, { kind: 'direct' }],
    ],
    [
      'HTTPS a:443;SOCKS b:1;SOCKS5 [::1]:2',
      [
        { kind: 'https', host: 'a', port: 443 },
        { kind: 'socks4', host: 'b', port: 1 },
        { kind: 'socks5', host: '::1', port: 2 },
      ],
    ],
    ['', []],
    ['QUIC a:1', []],
    ['PROXY', []],
    ['PROXY a', []],
    ['PROXY a:1 b:2', []],
    ['PROXY a:99999', []],
    ['direct', []],
    ['DIRECT a:1', []],
  ])('%j', (text, routes) => {
    expect(readRoutes(text)).toEqual(routes)
  })

  it('makes no direct connection of what it cannot read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (/DIRECT/u.test(text)) return
        expect(readRoutes(text).some(({ kind }) => kind === 'direct')).toBe(false)
      }),
    )
  })
})
