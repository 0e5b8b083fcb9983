import { once } from 'node:events'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { FrameReader, MCS_VERSION, TAG, writeFrame, type Frame } from '../../../src/main/push/frames.ts'
import { int32, readFields, text } from '../../../src/main/push/protobuf.ts'
import type { Certificate } from './certificate.ts'
import type { Faults } from './faults.ts'

/** How long a push waits for the next one, when their order is changed. */
const REORDER_MS = 200

export interface QueuedPush {
  persistentId: string
  /** A DataMessageStanza. */
  body: Uint8Array
}

export interface Login {
  androidId: string
  receivedIds: string[]
}

interface McsServerOptions {
  certificate: Certificate
  faults: Faults
  /** Security tokens by android id. */
  devices: ReadonlyMap<string, string>
  random: () => number
}

/** `isDue`: it waits for no delay and for no other push. */
type Waiting = QueuedPush & { isDue: boolean }

/** The pushes of one device that it has not acknowledged yet, oldest first, and its connection. */
interface Device {
  queue: Waiting[]
  /** The one of them that another push has to overtake. */
  held: Waiting | undefined
  connection: Connection | undefined
}

/** Delivers pushes to devices. A push is delivered with each new connection until the device acknowledges it. */
export class McsServer {
  readonly logins: Login[] = []
  readonly #options: McsServerOptions
  readonly #server: Server
  readonly #devices = new Map<string, Device>()
  readonly #connections = new Set<Connection>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(options: McsServerOptions) {
    this.#options = options
    this.#server = createServer(options.certificate, (socket) => this.#accept(socket))
    // Clients that do not trust the certificate.
    this.#server.on('tlsClientError', () => undefined)
  }

  async listen(port: number): Promise<number> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return address.port
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const connection of this.#connections) connection.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  send(androidId: string, push: QueuedPush): void {
    const { faults, random } = this.#options
    if (random() < faults.lose) return
    const device = this.#device(androidId)
    const waiting = { ...push, isDue: false }
    device.queue.push(waiting)
    this.#later(faults.delayMs, () => {
      if (device.held === undefined && random() < faults.reorder) {
        device.held = waiting
        this.#later(REORDER_MS, () => this.#release(device))
      } else {
        this.#deliver(device, waiting)
        this.#release(device)
      }
    })
  }

  unacknowledged(): number {
    return [...this.#devices.values()].reduce((sum, device) => sum + device.queue.length, 0)
  }

  /** Sends bytes as they are to all connected devices. */
  write(bytes: Uint8Array): void {
    for (const connection of this.#connections) connection.write(bytes)
  }

  cutAll(): void {
    for (const connection of this.#connections) connection.cut()
  }

  #device(androidId: string): Device {
    const device = this.#devices.get(androidId) ?? { queue: [], held: undefined, connection: undefined }
    this.#devices.set(androidId, device)
    return device
  }

  #release(device: Device): void {
    const { held } = device
    if (held === undefined) return
    device.held = undefined
    this.#deliver(device, held)
  }

  #deliver(device: Device, push: Waiting): void {
    const { faults, random } = this.#options
    const { connection } = device
    push.isDue = true
    if (connection === undefined) return
    connection.deliver(push)
    if (random() < faults.duplicate) connection.deliver(push)
    if (random() < faults.cut) connection.cut()
  }

  #accept(socket: TLSSocket): void {
    const connection = new Connection(socket, {
      isSilent: () => this.#options.faults.silent,
      onLogin: (login, securityToken) => this.#login(connection, login, securityToken),
      onAcknowledged: (persistentIds) => {
        for (const device of this.#devices.values())
          if (device.connection === connection) forget(device, persistentIds)
      },
      onClose: () => {
        this.#connections.delete(connection)
        for (const device of this.#devices.values())
          if (device.connection === connection) device.connection = undefined
      },
    })
    this.#connections.add(connection)
  }

  /** Returns whether the device may receive. */
  #login(connection: Connection, login: Login, securityToken: string): boolean {
    this.logins.push(login)
    const isKnown = this.#options.devices.get(login.androidId) === securityToken
    if (!isKnown || this.#options.faults.rejectLogins) return false
    const device = this.#device(login.androidId)
    device.connection?.cut()
    device.connection = connection
    forget(device, login.receivedIds)
    // After the response to the login.
    queueMicrotask(() => {
      for (const push of device.queue) if (push.isDue) connection.deliver(push)
    })
    return true
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, ms)
    this.#timers.add(timer)
  }
}

function forget(device: Device, persistentIds: readonly string[]): void {
  device.queue = device.queue.filter(({ persistentId }) => !persistentIds.includes(persistentId))
}

interface ConnectionEvents {
  isSilent(): boolean
  onLogin(login: Login, securityToken: string): boolean
  onAcknowledged(persistentIds: string[]): void
  onClose(): void
}

class Connection {
  readonly #socket: TLSSocket
  readonly #events: ConnectionEvents
  readonly #reader = new FrameReader()
  /** Stanzas that were sent. */
  #sent = 0
  /** Pushes that were sent, by the number of their stanza. */
  readonly #deliveries = new Map<number, string>()

  constructor(socket: TLSSocket, events: ConnectionEvents) {
    this.#socket = socket
    this.#events = events
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => events.onClose())
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of this.#reader.push(chunk)) this.#take(frame)
      } catch {
        this.cut()
      }
    })
  }

  deliver({ persistentId, body }: QueuedPush): void {
    this.#send(TAG.dataMessage, body)
    this.#deliveries.set(this.#sent, persistentId)
  }

  write(bytes: Uint8Array): void {
    if (!this.#events.isSilent() && !this.#socket.destroyed) this.#socket.write(bytes)
  }

  /** What was sent before still arrives. */
  cut(): void {
    this.#socket.destroySoon()
  }

  #send(tag: number, body: Uint8Array): void {
    this.#sent++
    this.write(writeFrame(tag, body))
  }

  #take({ tag, body }: Frame): void {
    if (tag === TAG.loginRequest) this.#takeLogin(body)
    if (tag === TAG.heartbeatPing) this.#takeAcknowledgement(body, 2)
    if (tag === TAG.heartbeatPing) this.#send(TAG.heartbeatAck, new Uint8Array(0))
    if (tag === TAG.iq) this.#takeAcknowledgement(body, 10)
  }

  #takeLogin(body: Uint8Array): void {
    const login: Login = { androidId: '', receivedIds: [] }
    let securityToken = ''
    readFields(body, {
      3: text((value) => (login.androidId = value)),
      5: text((value) => (securityToken = value)),
      10: text((value) => login.receivedIds.push(value)),
    })
    const isAllowed = this.#events.onLogin(login, securityToken)
    this.write(Buffer.from([MCS_VERSION]))
    const response = new BinaryWriter().tag(1, WireType.LengthDelimited).string('chrome')
    if (!isAllowed) response.tag(3, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int32(401).join()
    this.#send(TAG.loginResponse, response.finish())
    if (!isAllowed) this.cut()
  }

  /** `field`: the one with the number of stanzas that the device has dealt with. */
  #takeAcknowledgement(body: Uint8Array, field: number): void {
    const acknowledged: string[] = []
    readFields(body, {
      [field]: int32((received) => {
        for (const [number, persistentId] of this.#deliveries) {
          if (number > received) continue
          acknowledged.push(persistentId)
          this.#deliveries.delete(number)
        }
      }),
    })
    this.#events.onAcknowledged(acknowledged)
  }
}
