import { createServer } from 'node:http'
import type { LookupAddress } from 'node:dns'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openUrl, type WebAccess } from './web-request.ts'

const forever = new AbortController().signal
const resolvingTo = (...addresses: string[]): WebAccess => ({
  testOrigin: null,
  isDirect: () => Promise.resolve(true),
  resolve: () =>
    Promise.resolve(
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    ),
})
/** Nothing may be resolved: the address alone is enough to refuse it. */
const unresolved: WebAccess = {
  testOrigin: null,
  isDirect: () => Promise.resolve(true),
  resolve: (host) => Promise.reject(new Error(`resolved ${host}`)),
}
const refusalOf = async (url: string, access: WebAccess = unresolved): Promise<string> =>
  openUrl(url, '*/*', access, forever).then(
    () => 'opened',
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  )

const refused: Record<string, readonly string[]> = {
  'not a public address': [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://１２７.0.0.1/',
    'http://0/',
    'https://[::1]/',
    'http://[::]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[64:ff9b::a00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://192.168.1.1:80/',
  ],
  credentials: ['https://user:secret@example.org/', 'https://user@example.org/'],
  'another port': ['http://example.org:8080/', 'http://example.org:22/', 'https://example.org:0/'],
  'not a web address': [
    'file:///etc/passwd',
    'ftp://example.org/',
    'data:text/html,x',
    'javascript:alert(1)',
  ],
  'no URL': ['http://', 'http://[', 'http://exa mple/'],
}
const refusals = Object.entries(refused).flatMap(([reason, urls]) =>
  urls.map((url) => [url, reason] as const),
)

describe('a URL', () => {
  it.each(refusals)('%s is not opened', async (url, reason) => {
    expect(await refusalOf(url)).toBe(reason)
  })

  // A header holds no other letters.
  it.each(refusals.filter(([url]) => /^[!-~]+$/u.test(url)))(
    '%s is not opened after a redirect',
    async (url, reason) => {
      const server = createServer((_, response) => response.writeHead(302, { location: url }).end())
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      const address = server.address()
      const testOrigin = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`
      expect(await refusalOf(testOrigin, { ...unresolved, testOrigin })).toBe(reason)
      server.close()
    },
  )
})

it('does not open anything behind a proxy, which would resolve the name unchecked', async () => {
  const asked: string[] = []
  const isDirect = (url: string): Promise<boolean> => {
    asked.push(url)
    return Promise.resolve(false)
  }
  expect(await refusalOf('https://example.org/', { ...unresolved, isDirect })).toBe('behind a proxy')
  expect(asked).toEqual(['https://example.org/'])
})

it('does not open a URL that is longer than any page needs', async () => {
  expect(await refusalOf(`https://example.org/${'x'.repeat(3000)}`)).toBe('no URL')
})

describe('a name', () => {
  it.each([
    ['this machine', ['127.0.0.1']],
    ['this machine by IPv6', ['::1']],
    ['a private network', ['fd00::1']],
    ['a public address and a private network', ['93.184.215.14', '10.0.0.1']],
    ['an address of IPv4 inside IPv6', ['::ffff:127.0.0.1']],
    ['no address', ['example.org']],
  ])('that leads to %s is not connected to', async (_, addresses) => {
    expect(await refusalOf('http://rebinding.example/', resolvingTo(...addresses))).toBe(
      'not a public address',
    )
    expect(await refusalOf('https://rebinding.example/', resolvingTo(...addresses))).toBe(
      'not a public address',
    )
  })

  it('is not connected to when one of its addresses is private, wherever it is in the list', async () => {
    const publicAddress = fc.constantFrom('93.184.215.14', '1.1.1.1', '2606:4700::1')
    await fc.assert(
      fc.asyncProperty(fc.array(publicAddress), fc.array(publicAddress), async (before, after) => {
        const access = resolvingTo(...before, '192.168.0.1', ...after)
        expect(await refusalOf('http://rebinding.example/', access)).toBe('not a public address')
      }),
      { numRuns: 20 },
    )
  })

  it('that leads to nothing is not connected to', async () => {
    expect(await refusalOf('http://empty.example/', resolvingTo())).toBe('no address')
  })

  it('that is unknown is no server', async () => {
    expect(await refusalOf('http://unknown.example/')).toBe('no such server')
  })
})

it('stops when it is told to', async () => {
  const never: WebAccess = { ...unresolved, resolve: () => new Promise(() => undefined) }
  const controller = new AbortController()
  const opening = openUrl('http://slow.example/', '*/*', never, controller.signal)
  controller.abort()
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' })
})
