/** Sends the requests of pages to protocol handlers: through a local server, or by interception in a partition. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Protocol } from './cdp.ts'
import { ownSchemes, protocol, type Session } from './session.ts'
import { warn } from './state.ts'
import { allToHttp, fromHttp } from './url-map.ts'

/** Serves the app's schemes of the default session under their http names. Resolves to the port. */
export async function serveOwnSchemes(): Promise<number> {
  const server = createServer((request, response) => {
    serve(request, response).catch((e: unknown) => {
      warn(e)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', headers } = incoming
  const url = fromHttp(`http://${headers.host}${incoming.url}`, ownSchemes)
  const handler = protocol.handlerOf(url)
  const favicon = incoming.url === '/favicon.ico' && headers['sec-fetch-dest'] === 'image' // Electron does not request it
  if (!handler || favicon) {
    outgoing.writeHead(404).end()
    return
  }
  const forwarded = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (name !== 'host' && name !== 'connection') forwarded.set(name, fromHttp(String(value), ownSchemes))
  }
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const body = hasBody ? new Blob([Buffer.concat(await incoming.toArray())]) : null
  const response = await handler(new Request(url, { method, headers: forwarded, body }))
  for (const [name, value] of response.headers) outgoing.setHeader(name, allToHttp(value, ownSchemes))
  outgoing.writeHead(response.status)
  if (!response.body) {
    outgoing.end()
    return
  }
  // Ignores errors: the page may close during the response.
  await pipeline(Readable.from(response.body), outgoing).catch(() => {})
}

type PausedResult =
  { continue: true } | { failed: true } | Omit<Protocol.Fetch.fulfillRequestParameters, 'requestId'>

/** Calls the partition's protocol handler for a paused request. Without a handler, the request goes to the network. */
export async function handlePausedRequest(
  session: Session,
  { request }: Protocol.Fetch.requestPausedPayload,
): Promise<PausedResult> {
  const url = fromHttp(request.url, ownSchemes)
  const handler = session.protocol.handlerOf(url)
  if (!handler)
    return ownSchemes.has(new URL(url).protocol.slice(0, -1)) ? { failed: true } : { continue: true }
  try {
    const parts = (request.postDataEntries ?? []).map(({ bytes = '' }) => Buffer.from(bytes, 'base64'))
    const { method } = request
    const body = method === 'GET' || method === 'HEAD' ? null : new Blob([Buffer.concat(parts)])
    const response = await handler(new Request(url, { method, headers: request.headers, body }))
    return {
      responseCode: response.status,
      responseHeaders: Array.from(response.headers, ([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    }
  } catch {
    return { failed: true }
  }
}
