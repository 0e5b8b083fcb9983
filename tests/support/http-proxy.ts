import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'

/** How a request fails: `unavailable` is the HTTP 503 of Google's servers, `reset` ends the connection without a response. */
export type HttpFailure = 'unavailable' | 'reset'

/** Stands between a client and an HTTP server on this machine, and fails requests at will. */
export interface HttpProxy {
  port: number
  /** Paths of the failed requests, without their query, oldest first. */
  failed: readonly string[]
  /** Fails the next `times` requests, by default all until restore(). Empties `failed`. */
  fail(how: HttpFailure, times?: number): void
  restore(): void
  stop(): Promise<void>
}

// The SDK takes a 503 without this body for a network error, which is a different case.
const unavailable = JSON.stringify({
  error: { code: 503, message: 'The service is currently unavailable.', status: 'UNAVAILABLE' },
})

export async function startHttpProxy(targetPort: number): Promise<HttpProxy> {
  let failure: HttpFailure | undefined
  let remaining = 0
  const failed: string[] = []

  const server = createServer((incoming, response) => {
    // Preflights pass: the browser turns a failed one into a network error, whatever its status is.
    if (failure === undefined || remaining === 0 || incoming.method === 'OPTIONS') {
      forward(incoming, response, targetPort)
      return
    }
    remaining -= 1
    failed.push(new URL(incoming.url ?? '/', 'http://127.0.0.1').pathname)
    if (failure === 'reset') {
      incoming.socket.destroy()
    } else {
      const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' }
      response.writeHead(503, headers).end(unavailable)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    port: address.port,
    failed,
    fail(how, times = Infinity) {
      failure = how
      remaining = times
      failed.length = 0
    },
    restore() {
      failure = undefined
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function forward(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url: path, headers } = incoming
  const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}
