import { once } from 'node:events'
import { createServer as createHttp, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, createServer as createTcp, type Server, type Socket } from 'node:net'

/**
 * An HTTP proxy, and the proof that everything goes through it. Servers have two addresses: the one that the client is told is known
 * to the proxy alone. Whoever connects to it without the proxy reaches nobody, and is counted.
 */
export interface ForwardProxy<Name extends string> {
  port: number
  /** The port that the client is told. */
  door(name: Name): number
  /** Requests and tunnels to each server that the proxy let through. */
  through(): ReadonlyMap<Name, number>
  /** Names of the servers that somebody tried to reach without the proxy, with repetitions. */
  direct(): Name[]
  /** Requests for anything else. */
  strange(): string[]
  /** Ends all connections and accepts none. */
  down(): void
  up(): Promise<void>
  stop(): Promise<void>
}

interface Options<Name extends string> {
  /** The real ports, on this machine. */
  servers: Readonly<Record<Name, number>>
  /** Without them, it answers 407. */
  credentials?: { user: string; password: string }
}

export async function startForwardProxy<Name extends string>({
  servers,
  credentials,
}: Options<Name>): Promise<ForwardProxy<Name>> {
  const names = Object.keys(servers).filter((name): name is Name => Object.hasOwn(servers, name))
  const counts = new Map<Name, number>(names.map((name) => [name, 0]))
  const direct: Name[] = []
  const strange: string[] = []
  const sockets = new Set<Socket>()
  const traps = await Promise.all(
    names.map(async (name) => {
      const server = createTcp((socket) => {
        direct.push(name)
        socket.destroy()
      })
      return { name, server, port: await listen(server) }
    }),
  )
  const wanted =
    credentials && `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`

  /** The real port; undefined: no such server. */
  function serverAt(address: string): number | undefined {
    const trap = traps.find(({ port }) => address === `127.0.0.1:${String(port)}`)
    if (trap === undefined) {
      strange.push(address)
      return undefined
    }
    counts.set(trap.name, (counts.get(trap.name) ?? 0) + 1)
    return servers[trap.name]
  }

  const isAllowed = ({ headers }: IncomingMessage): boolean =>
    wanted === undefined || headers['proxy-authorization'] === wanted
  const proxy = createHttp((incoming, response) => {
    if (!isAllowed(incoming)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="test"' }).end()
      return
    }
    const url = new URL(incoming.url ?? '/', 'http://nowhere.invalid')
    const port = serverAt(url.host)
    if (port === undefined) response.writeHead(502).end()
    else forward(incoming, response, { port, path: `${url.pathname}${url.search}` })
  })
  proxy.on('connect', (incoming: IncomingMessage, client: Socket, head: Buffer) => {
    client.on('error', () => client.destroy())
    if (!isAllowed(incoming)) {
      client.end('HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const port = serverAt(incoming.url ?? '')
    if (port === undefined) {
      client.end('HTTP/1.1 502 No\r\n\r\n')
      return
    }
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      server.write(head)
      server.pipe(client).pipe(server)
    })
    server.on('error', () => client.destroy())
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
  })
  proxy.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(proxy)
  const end = (): void => {
    proxy.close()
    for (const socket of sockets) socket.destroy()
  }
  return {
    port,
    door: (name) => traps.find((trap) => trap.name === name)?.port ?? 0,
    through: () => new Map(counts),
    direct: () => direct,
    strange: () => strange,
    down: end,
    up: async () => void (await listen(proxy, port)),
    async stop() {
      end()
      await Promise.all(traps.map(({ server }) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  { port, path }: { port: number; path: string },
): void {
  const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = incoming.headers
  const outgoing = request({ host: '127.0.0.1', port, method: incoming.method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}
