import { createServer } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Servers } from './fixtures/servers.ts'
import type { Route } from './routes.ts'
import { openTunnel, TunnelError, type Credentials, type Target } from './tunnel.ts'

const target = { host: 'behind.invalid', port: 5228 }
const never = new AbortController().signal
let servers: Servers
beforeEach(() => {
  servers = new Servers()
})
afterEach(() => servers.stop())

/** Sends a word through the tunnel, and returns what comes back. */
async function spoken(
  route: Route,
  to: Target = target,
  credentials: Credentials | null = null,
): Promise<string> {
  const socket = await openTunnel(route, to, credentials, never)
  socket.write('hello')
  const [answer]: unknown[] = await once(socket, 'data')
  socket.destroy()
  return String(answer)
}

async function reasonOf(route: Route, signal = never): Promise<string> {
  const error: unknown = await openTunnel(route, target, null, signal).catch((failure: unknown) => failure)
  return error instanceof TunnelError ? error.reason : 'no TunnelError'
}

/** An HTTP proxy that connects to the echo server whatever it is asked for. */
async function httpProxy(
  asked: [address: string | undefined, credentials: string | undefined][],
): Promise<number> {
  const echo = await servers.echo()
  const http = createServer()
  http.on('connect', ({ url, headers }, client, head: Buffer) => {
    asked.push([url, headers['proxy-authorization']])
    const server = connect(echo, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      server.write(head)
      server.pipe(client).pipe(server)
    })
  })
  return servers.listen((socket) => void http.emit('connection', socket))
}

const http = (port: number): Route => ({ kind: 'http', host: '127.0.0.1', port })
const socks = (port: number): Route => ({ kind: 'socks5', host: '127.0.0.1', port })

describe('a tunnel', () => {
  it('goes through CONNECT of HTTP, with the name of the server and the credentials', async () => {
    const asked: [string | undefined, string | undefined][] = []
    const port = await httpProxy(asked)
    expect(await spoken(http(port))).toBe('hello')
    expect(await spoken(http(port), { host: '::1', port: 1 }, { user: 'ada', password: 'é:1' })).toBe('hello')
    const credentials = `Basic ${Buffer.from('ada:é:1').toString('base64')}`
    expect(asked).toEqual([
      ['behind.invalid:5228', undefined],
      ['[::1]:1', credentials],
    ])
  })

  it('goes through SOCKS5, which gets the name of the server', async () => {
    const seen: string[] = []
    const port = await servers.socks5(seen, await servers.echo())
    expect(await spoken(socks(port))).toBe('hello')
    expect(seen).toEqual(['behind.invalid:5228'])
  })

  it('goes directly where there is no proxy', async () => {
    expect(await spoken({ kind: 'direct' }, { host: '127.0.0.1', port: await servers.echo() })).toBe('hello')
  })

  it('keeps what the server has said with the answer of the proxy', async () => {
    const port = await servers.saying('HTTP/1.1 200 OK\r\n\r\nfirst')
    const socket = await openTunnel(http(port), target, null, never)
    const [first]: unknown[] = await once(socket, 'data')
    expect(String(first)).toBe('first')
    socket.destroy()
  })

  it('is silent where nothing listens', async () => {
    const port = await servers.closedPort()
    for (const route of [http(port), socks(port), { kind: 'https' as const, host: '127.0.0.1', port }])
      expect(await reasonOf(route)).toBe('silent')
  })

  it.each([
    ['HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n', 'denied'],
    ['HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n', 'refused'],
    ['HTTP/1.1 302 Found\r\nLocation: http://x/\r\nContent-Length: 0\r\n\r\n', 'refused'],
    ['HTTP/1.1 200 OK', 'hangs'],
    ['SSH-2.0-OpenSSH\r\n', 'refused'],
    [`HTTP/1.1 200 OK\r\n${'X-Y: z\r\n'.repeat(20_000)}\r\n`, 'refused'],
    ['\0\0\0', 'refused'],
  ])('of an HTTP proxy that answers %j is %s', async (answer, reason) => {
    const port = await servers.saying(answer)
    const hangs = reason === 'hangs'
    expect(await reasonOf(http(port), hangs ? AbortSignal.timeout(200) : never)).toBe(
      hangs ? 'silent' : reason,
    )
  })

  it.each(['\x05\xff', '\x04\x00', 'HTTP/1.1 400 Bad Request\r\n\r\n'])(
    'of a SOCKS proxy that answers %j is refused',
    async (answer) => {
      const port = await servers.saying(answer)
      expect(await reasonOf(socks(port))).toBe('refused')
    },
  )

  it('outlives the signal of its opening, and an aborted one opens nothing', async () => {
    const opening = new AbortController()
    const port = await servers.socks5([], await servers.echo())
    const socket = await openTunnel(socks(port), target, null, opening.signal)
    opening.abort()
    socket.write('still')
    const [answer]: unknown[] = await once(socket, 'data')
    expect(String(answer)).toBe('still')
    socket.destroy()
    expect(await reasonOf(socks(port), opening.signal)).toBe('silent')
  })
})
