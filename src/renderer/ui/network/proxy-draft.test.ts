import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manualProxySchema } from '#shared/proxy.ts'
import { draftOf, readDraft, type ProxyDraft } from './proxy-draft.ts'

const draft: ProxyDraft = { kind: 'http', host: 'proxy.example.org', port: '3128', user: '', password: '' }
const wrongIn = (patch: Partial<ProxyDraft>): string[] => {
  const result = readDraft({ ...draft, ...patch })
  return 'wrong' in result ? [...result.wrong] : []
}

describe('the fields of a proxy', () => {
  it.each<[Partial<ProxyDraft>, string[]]>([
    [{}, []],
    [{ host: ' Proxy.Example.org ', port: ' 80 ' }, []],
    [{ host: '[::1]' }, []],
    [{ host: '::1' }, []],
    [{ host: '10.0.0.1' }, []],
    [{ host: '' }, ['host']],
    [{ host: 'http://proxy.example.org' }, ['host']],
    [{ host: 'proxy.example.org:3128' }, ['host']],
    [{ host: 'a;direct://' }, ['host']],
    [{ host: 'a,b' }, ['host']],
    [{ host: 'user@a' }, ['host']],
    [{ host: 'a b', port: 'x' }, ['host', 'port']],
    [{ port: '' }, ['port']],
    [{ port: '0' }, ['port']],
    [{ port: '65536' }, ['port']],
    [{ port: '1e3' }, ['port']],
    [{ port: '-1' }, ['port']],
    [{ user: 'a:b' }, ['user']],
    [{ user: 'a\nb' }, ['user']],
    [{ user: 'ada', password: 'x\r\nHost: evil' }, ['password']],
  ])('%j', (patch, wrong) => {
    expect(wrongIn(patch)).toEqual(wrong)
  })

  it('do not sign in to a SOCKS proxy, whatever was typed before', () => {
    expect(readDraft({ ...draft, kind: 'socks5', user: 'a:b', password: 'x' })).toEqual({
      proxy: { mode: 'manual', kind: 'socks5', host: 'proxy.example.org', port: 3128 },
    })
  })

  it('become a proxy that main accepts, or say what is wrong, for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    const anyDraft = fc.record({
      kind: fc.constantFrom('http' as const, 'socks5' as const),
      ...{ host: text, port: text, user: text, password: text },
    })
    fc.assert(
      fc.property(anyDraft, (typed) => {
        const result = readDraft(typed)
        if ('wrong' in result) expect(result.wrong.size).toBeGreaterThan(0)
        else expect(manualProxySchema.safeParse(result.proxy).success).toBe(true)
      }),
    )
  })

  it('show the proxy of the settings, without its password', () => {
    expect(draftOf({ mode: 'manual', kind: 'http', host: 'a', port: 1, user: 'ada' })).toEqual({
      ...{ kind: 'http', host: 'a', port: '1', user: 'ada', password: '' },
    })
    expect(draftOf({ mode: 'none' })).toEqual({ kind: 'http', host: '', port: '', user: '', password: '' })
  })
})
