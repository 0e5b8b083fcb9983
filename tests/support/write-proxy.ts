import { once } from 'node:events'
import {
  connect,
  constants,
  createServer,
  type ClientHttp2Stream,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'

/** How Firestore refuses a write for now: too much contention on a document, or too many requests. The values are codes of gRPC. */
const codes = { ABORTED: 10, RESOURCE_EXHAUSTED: 8 } as const
export type Refusal = keyof typeof codes

/** Decides about one batch. Undefined: the batch is passed on. `request` is a WriteRequest; names of documents are readable in it. */
export type Decide = (request: Buffer) => Refusal | undefined

/** Stands between clients in Node and the Firestore emulator on this machine, and refuses batches at will. The emulator never refuses. */
export interface WriteProxy {
  port: number
  /** Decides from now on. At first every batch is passed on. */
  decide: Decide
  stop(): Promise<void>
}

export async function startWriteProxy(targetPort: number): Promise<WriteProxy> {
  const target = connect(`http://127.0.0.1:${String(targetPort)}`)
  target.on('error', () => undefined)
  const sessions = new Set<Http2Session>()
  const server = createServer()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session))
  })
  server.on('stream', (incoming, headers) => {
    const isWriting = headers[':path']?.endsWith('/Write') === true
    const call = new Call(incoming, target.request(headers))
    if (isWriting) call.watch((request) => proxy.decide(request))
    else call.pass()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  const proxy: WriteProxy = {
    port: address.port,
    decide: () => undefined,
    async stop() {
      for (const session of sessions) session.destroy()
      target.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}

/** One call of gRPC. A stream of writes is read frame by frame, any other call is only passed on. */
class Call {
  readonly #incoming: ServerHttp2Stream
  readonly #outgoing: ClientHttp2Stream
  /** Requests that the server has not answered. It answers in their order. */
  #unanswered = 0
  /** Set by the first refused batch. The server answers what came before, then the stream ends. */
  #refusal: Refusal | undefined
  #trailers: IncomingHttpHeaders = {}

  constructor(incoming: ServerHttp2Stream, outgoing: ClientHttp2Stream) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    incoming.on('error', () => outgoing.close(constants.NGHTTP2_CANCEL))
    incoming.on('close', () => outgoing.close(constants.NGHTTP2_CANCEL))
    incoming.on('wantTrailers', () => incoming.sendTrailers(this.#trailers))
    this.#answer()
  }

  /** Passes every request on. */
  pass(): void {
    this.#incoming.pipe(this.#outgoing)
  }

  /** Passes the server's answers on. */
  #answer(): void {
    const [incoming, outgoing] = [this.#incoming, this.#outgoing]
    outgoing.on('error', () => incoming.close(constants.NGHTTP2_CANCEL))
    outgoing.on('response', (headers, flags) => {
      if (incoming.destroyed || this.#refusal !== undefined) return
      if ((flags & constants.NGHTTP2_FLAG_END_STREAM) === 0)
        incoming.respond(headers, { waitForTrailers: true })
      else incoming.respond(headers, { endStream: true })
    })
    outgoing.on('trailers', (trailers: IncomingHttpHeaders) => {
      this.#trailers = trailers
    })
    const count = frames((frame) => {
      if (!incoming.destroyed) incoming.write(frame)
      this.#unanswered -= 1
      this.#refuse()
    })
    outgoing.on('data', count)
    outgoing.on('end', () => {
      if (this.#refusal === undefined) incoming.end()
    })
  }

  /** Passes requests on until one is refused. The later ones of the stream are dropped: the client sends them again. */
  watch(decide: Decide): void {
    const pass = frames((frame) => {
      if (this.#refusal !== undefined) return
      const request = frame.subarray(HEADER_BYTES)
      this.#refusal = hasWrites(request) ? decide(request) : undefined
      if (this.#refusal === undefined) {
        this.#unanswered += 1
        this.#outgoing.write(frame)
      } else this.#refuse()
    })
    this.#incoming.on('data', pass)
    this.#incoming.on('end', () => this.#outgoing.end())
  }

  /** Ends the stream, once the server has answered everything that came before the refused batch. */
  #refuse(): void {
    const incoming = this.#incoming
    if (this.#refusal === undefined || this.#unanswered > 0 || incoming.destroyed) return
    this.#trailers = { 'grpc-status': String(codes[this.#refusal]), 'grpc-message': 'injected' }
    if (!incoming.headersSent)
      incoming.respond(
        { ':status': 200, 'content-type': 'application/grpc+proto' },
        { waitForTrailers: true },
      )
    incoming.end()
  }
}

/** A frame of gRPC: a flag, the length in four bytes, and the message. */
const HEADER_BYTES = 5

/** Cuts a stream of bytes into frames. */
function frames(onFrame: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(1)
      if (rest.length < end) return
      onFrame(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
  }
}

const WRITES_FIELD = 3

/** Whether a WriteRequest has writes. The first one of a stream has none. All its fields are bytes with a length. */
function hasWrites(request: Buffer): boolean {
  let at = 0
  const readVarint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = request[at] ?? 0
      at += 1
      value += (byte % 128) * scale
      if (byte < 128) return value
    }
  }
  while (at < request.length) {
    if (Math.floor(readVarint() / 8) === WRITES_FIELD) return true
    at += readVarint()
  }
  return false
}
