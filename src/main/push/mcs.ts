import type { Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Device } from './check-in.ts'
import { FrameReader, MCS_VERSION, TAG, writeFrame, type Frame } from './frames.ts'
import type { McsHost } from './hosts.ts'
import {
  heartbeat,
  loginRequest,
  readDataMessage,
  readLoginError,
  streamAck,
  type DataMessage,
} from './stanzas.ts'

/** A server that does not read what it is sent is left, because it would fill the memory. In bytes. */
const MAX_UNREAD = 1_000_000

/** All in ms. */
export interface McsTiming {
  /** From the start to the response to the login. */
  login: number
  /** Without a byte for this long, the client asks whether the server is still there. Routers forget idle connections after minutes. */
  heartbeat: number
  /** How long the server may take to answer that. */
  ack: number
}

export interface McsOptions {
  /** Opens the connection below TLS: through the proxy, if there is one. */
  connect: (host: McsHost, signal: AbortSignal) => Promise<Socket>
  host: McsHost
  device: Device
  receivedIds: readonly string[]
  timing: McsTiming
  onLogin(): void
  /** Pushes in the order in which they came. They are acknowledged when it has returned. */
  onMessages(messages: DataMessage[]): void
  /** A stanza that cannot be read. It is acknowledged, because it would come again with each connection. */
  onUnreadable(): void
  /**
   * The connection has ended, not by `close`. Called once. `rejected`: the server does not know the device any more. The detail is
   * safe to log.
   */
  onEnd(reason: 'lost' | 'rejected', detail: string): void
}

/** One connection to MCS, over TLS with verification of the server's certificate. */
export class McsConnection {
  readonly #options: McsOptions
  readonly #aborted = new AbortController()
  #socket: TLSSocket | null = null
  readonly #reader = new FrameReader()
  /** Stanzas of the server so far, the response to the login included. */
  #received = 0
  /** How many of them have been dealt with. Acknowledgements name it. */
  #handled = 0
  #isLoggedIn = false
  #hasEnded = false
  /** The server was asked whether it is still there, and nothing has come since. */
  #isChecking = false
  #timer: NodeJS.Timeout

  constructor(options: McsOptions) {
    this.#options = options
    this.#timer = setTimeout(() => this.#end('lost', 'no response to the login'), options.timing.login)
    options.connect(options.host, this.#aborted.signal).then(
      (socket) => this.#secure(socket),
      (error: unknown) => this.#end('lost', error instanceof Error ? error.message : 'no connection'),
    )
  }

  /** Asks whether the server is still there. If it does not answer, the connection ends. */
  check(): void {
    if (this.#hasEnded || !this.#isLoggedIn || this.#isChecking) return
    this.#isChecking = true
    this.#send(TAG.heartbeatPing, heartbeat(this.#handled))
    this.#wait(this.#options.timing.ack, () => this.#end('lost', 'silent'))
  }

  close(): void {
    this.#hasEnded = true
    clearTimeout(this.#timer)
    this.#aborted.abort()
    this.#socket?.destroy()
  }

  #secure(socket: Socket): void {
    if (this.#hasEnded) {
      socket.destroy()
      return
    }
    const { servername, ca } = this.#options.host
    // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off.
    const secured = connectTls({
      ...{ socket, servername, rejectUnauthorized: true },
      ...(ca !== undefined && { ca }),
    })
    this.#socket = secured
    // `secured` reports them.
    socket.on('error', () => undefined)
    socket.setNoDelay(true)
    secured.on('secureConnect', () => this.#login(secured))
    secured.on('data', (chunk: Buffer) => this.#onData(chunk))
    secured.on('error', ({ code, message }: NodeJS.ErrnoException) => this.#end('lost', code ?? message))
    secured.on('close', () => this.#end('lost', 'closed by the server'))
  }

  #login(socket: TLSSocket): void {
    if (this.#hasEnded) return
    const { device, receivedIds } = this.#options
    socket.write(Buffer.from([MCS_VERSION]))
    this.#send(TAG.loginRequest, loginRequest(device, receivedIds))
  }

  #onData(chunk: Buffer): void {
    if (this.#hasEnded) return
    this.#isChecking = false
    if (this.#isLoggedIn) this.#wait(this.#options.timing.heartbeat, () => this.check())
    try {
      const messages = this.#reader.push(chunk).flatMap((frame) => this.#take(frame) ?? [])
      if (this.#hasEnded) return
      if (messages.length > 0) this.#options.onMessages(messages)
      this.#handled = this.#received
      if (messages.length > 0) this.#send(TAG.iq, streamAck(this.#handled))
    } catch (error) {
      this.#end('lost', error instanceof Error ? error.message : 'unreadable')
    }
  }

  /** Returns the push that the stanza contains, if it is one. */
  #take({ tag, body }: Frame): DataMessage | undefined {
    // A frame after one that has ended the connection.
    if (this.#hasEnded) return undefined
    this.#received++
    if (!this.#isLoggedIn) this.#takeLogin(tag, body)
    else if (tag === TAG.dataMessage) return this.#takeMessage(body)
    else if (tag === TAG.heartbeatPing) this.#send(TAG.heartbeatAck, heartbeat(this.#handled))
    else if (tag === TAG.close || tag === TAG.streamError) this.#end('lost', 'ended by the server')
    return undefined
  }

  #takeLogin(tag: number, body: Uint8Array): void {
    if (tag !== TAG.loginResponse) throw new Error(`stanza ${tag} before the response to the login`)
    const code = readLoginError(body)
    if (code !== null) {
      this.#end('rejected', `login: error ${code}`)
      return
    }
    this.#isLoggedIn = true
    this.#wait(this.#options.timing.heartbeat, () => this.check())
    this.#options.onLogin()
  }

  #takeMessage(body: Uint8Array): DataMessage | undefined {
    try {
      return readDataMessage(body)
    } catch {
      this.#options.onUnreadable()
      return undefined
    }
  }

  #send(tag: number, body: Uint8Array): void {
    if (this.#hasEnded || this.#socket === null) return
    this.#socket.write(writeFrame(tag, body))
    if (this.#socket.writableLength > MAX_UNREAD) this.#end('lost', 'the server reads nothing')
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(then, ms)
  }

  #end(reason: 'lost' | 'rejected', detail: string): void {
    if (this.#hasEnded) return
    this.close()
    this.#options.onEnd(reason, detail)
  }
}
