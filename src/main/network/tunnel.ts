import { request } from 'node:http'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { SocksClient } from 'socks'
import { proxyAddress } from '#shared/proxy.ts'
import type { Route } from './routes.ts'

export interface Target {
  host: string
  port: number
}

export interface Credentials {
  user: string
  password: string
}

/**
 * There is no way through the proxy. `silent`: it does not answer. `denied`: it wants other credentials. `refused`: anything else that
 * it answers. The message is safe to log.
 */
export class TunnelError extends Error {
  override readonly name = 'TunnelError'
  readonly reason: 'silent' | 'denied' | 'refused'
  constructor(reason: TunnelError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** For the connection to the proxy and its answer, in ms. */
const TIMEOUT_MS = 15_000

/** Opens a connection to a server along one route. A name is resolved by the proxy, not here. Rejects with TunnelError. */
export async function openTunnel(
  route: Route,
  target: Target,
  credentials: Credentials | null,
  signal: AbortSignal,
): Promise<Socket> {
  const { host, port } = route.kind === 'direct' ? target : route
  // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off.
  const options = { host, port, ...(isIP(host) === 0 && { servername: host }), rejectUnauthorized: true }
  const socket = route.kind === 'https' ? connectTls(options) : connect(options)
  // Of the opening only: it must not end the connection later.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const stop = (): void => void socket.destroy(new TunnelError('silent', 'no answer in time'))
  limit.addEventListener('abort', stop, { once: true })
  try {
    limit.throwIfAborted()
    await untilConnected(socket, route.kind === 'https' ? 'secureConnect' : 'connect')
    if (route.kind === 'http' || route.kind === 'https') await askHttp(socket, target, credentials)
    else if (route.kind !== 'direct') await askSocks(socket, route, target)
    return socket
  } catch (error) {
    socket.destroy()
    if (limit.aborted) throw new TunnelError('silent', 'no answer in time', { cause: error })
    throw error
  } finally {
    limit.removeEventListener('abort', stop)
  }
}

/** For scripts and tests, which have no settings. */
export function connectDirectly(target: Target, signal: AbortSignal): Promise<Socket> {
  return openTunnel({ kind: 'direct' }, target, null, signal)
}

function untilConnected(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(new TunnelError('silent', error.code ?? 'no connection', { cause: error }))
    socket.once('error', fail)
    socket.once(event, () => {
      socket.off('error', fail)
      resolve()
    })
  })
}

/** CONNECT of HTTP. Node's parser reads the answer, so its length is bounded. */
function askHttp(socket: Socket, target: Target, credentials: Credentials | null): Promise<void> {
  const address = proxyAddress(target)
  return new Promise((resolve, reject) => {
    const sent = request({
      method: 'CONNECT',
      path: address,
      headers: { host: address, ...(credentials !== null && { 'proxy-authorization': basic(credentials) }) },
      createConnection: () => socket,
    })
    const refuse = (status: number): void =>
      reject(new TunnelError(status === 407 ? 'denied' : 'refused', `answer ${String(status)}`))
    sent.on('connect', ({ statusCode = 0 }, _socket, head) => {
      if (statusCode !== 200) refuse(statusCode)
      else {
        // What the server behind the proxy has said already.
        if (head.length > 0) socket.unshift(head)
        resolve()
      }
    })
    sent.on('response', ({ statusCode = 0 }) => refuse(statusCode))
    sent.on('error', (error) => reject(new TunnelError('refused', 'no answer to CONNECT', { cause: error })))
    sent.end()
  })
}

function basic({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

async function askSocks(
  socket: Socket,
  { kind, host, port }: Exclude<Route, { kind: 'direct' }>,
  destination: Target,
): Promise<void> {
  try {
    await SocksClient.createConnection({
      proxy: { host, port, type: kind === 'socks4' ? 4 : 5 },
      command: 'connect',
      destination,
      existing_socket: socket,
      timeout: TIMEOUT_MS,
    })
  } catch (error) {
    throw new TunnelError('refused', 'no answer of SOCKS', { cause: error })
  }
}
