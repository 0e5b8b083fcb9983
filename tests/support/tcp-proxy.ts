import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy between a client and a server on this machine. Tests can cut its connections. */
export interface TcpProxy {
  port: number
  /** Drops all connections and accepts no new ones. */
  cut(): void
  /** From now on the server receives what the client sends, but the client receives no response. Cutting ends this. */
  mute(): void
  restore(): void
  stop(): Promise<void>
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isCut = false
  let isMuted = false
  const server = createServer((client) => {
    if (isCut) {
      client.destroy()
      return
    }
    const target = connect(targetPort, '127.0.0.1')
    client.pipe(target)
    target.on('data', (data) => {
      if (!isMuted) client.write(data)
    })
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('end', () => other.end())
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address.port,
    cut() {
      isCut = true
      isMuted = false
      dropAll()
    },
    mute() {
      isMuted = true
    },
    restore() {
      isCut = false
    },
    async stop() {
      dropAll()
      server.close()
      await once(server, 'close')
    },
  }
}
