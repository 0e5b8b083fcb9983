import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createCertificate, type Certificate } from './certificate.ts'
import { faultsSchema, noFaults, type Faults } from './faults.ts'
import { McsServer, type Login } from './mcs-server.ts'
import { Registrations } from './registrations.ts'
import { encrypted, sender } from './send.ts'
import {
  checkIn,
  generateAuthToken,
  install,
  json,
  refusal,
  register,
  registerDevice,
  unregister,
  type Handler,
  type ServiceResponse,
} from './services.ts'

const MAX_BODY = 1024 * 1024

export interface FcmEmulatorOptions {
  /** Absent: free ports. */
  fcmPort?: number
  mcsPort?: number
  /** Keeps the registrations, so that tokens survive a restart. */
  stateFile?: string
  /** Absent: a new one for localhost. */
  certificate?: Certificate
  /** From 0 to 1, for the faults. */
  random?: () => number
}

/** Firebase Cloud Messaging on this machine. Google has no emulator of it. */
export interface FcmEmulator {
  /** Http: check-in, register3, installations, registrations, `messages:send` of the v1 API, and `POST /faults`. */
  fcmPort: number
  /** TLS: the connections of devices. */
  mcsPort: number
  /** The certificate of the TLS server, in PEM. */
  ca: string
  /** May be changed at any time. */
  faults: Faults
  /** All logins of devices, in order. */
  logins: readonly Login[]
  /** How many pushes have been sent to devices, or wait for one, but are not acknowledged. */
  unacknowledged(): number
  /** Ends a registration. Sending to its token then fails as UNREGISTERED. */
  expire(token: string): void
  /** Delivers an envelope that no sender could make. */
  deliver(token: string, envelope: object): void
  /** Sends bytes as they are to all connected devices. */
  write(bytes: Uint8Array): void
  cutAll(): void
  stop(): Promise<void>
}

export async function startFcmEmulator(options: FcmEmulatorOptions = {}): Promise<FcmEmulator> {
  const faults = noFaults()
  const known = new Registrations(options.stateFile)
  const certificate = options.certificate ?? createCertificate()
  const random = options.random ?? Math.random
  const mcs = new McsServer({ certificate, faults, devices: known.devices, random })
  const mcsPort = await mcs.listen(options.mcsPort ?? 0)
  const routes = routesTo((androidId, push) => mcs.send(androidId, push))
  const server = createServer((request, response) => {
    answer(request)
      .catch(() => refusal(500, 'INTERNAL'))
      .then((result) => respond(response, result))
      .catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage): Promise<ServiceResponse> {
    const headers = new Headers()
    for (const [name, values = []] of Object.entries(request.headersDistinct))
      headers.set(name, values.join())
    const body = await readBody(request)
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (faults.unavailable && pathname !== '/faults') return refusal(503, 'UNAVAILABLE')
    for (const { method, path, handle } of routes) {
      const match = request.method === method ? path.exec(pathname) : null
      if (match === null) continue
      const { project = '', id = '' } = match.groups ?? {}
      const places = { project: decodeURIComponent(project), id: decodeURIComponent(id) }
      return handle({ headers, body, ...places }, { faults, known })
    }
    return refusal(404, 'NOT_FOUND')
  }

  server.listen(options.fcmPort ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    fcmPort: address.port,
    mcsPort,
    ca: certificate.cert,
    faults,
    logins: mcs.logins,
    unacknowledged: () => mcs.unacknowledged(),
    expire(token) {
      known.registrations.delete(token)
      known.save()
    },
    deliver(token, envelope) {
      const registration = known.registrations.get(token)
      if (registration !== undefined) mcs.send(registration.androidId, encrypted(registration, envelope))
    },
    write: (bytes) => mcs.write(bytes),
    cutAll: () => mcs.cutAll(),
    async stop() {
      server.closeAllConnections()
      await Promise.all([new Promise((resolve) => server.close(resolve)), mcs.stop()])
    },
  }
}

interface Route {
  method: string
  path: RegExp
  handle: Handler
}

/** Google's paths. Which host a request is for does not matter, because no path exists on two of them. */
function routesTo(deliver: Parameters<typeof sender>[0]): Route[] {
  const project = String.raw`/v1/projects/(?<project>[^/]+)`
  const route = (method: string, path: string, handle: Handler): Route => ({
    ...{ method, handle, path: new RegExp(`^${path}$`) },
  })
  return [
    route('POST', '/checkin', checkIn),
    route('POST', '/c2dm/register3', registerDevice),
    route('POST', `${project}/installations`, install),
    route('POST', `${project}/installations/(?<id>[^/]+)/authTokens:generate`, generateAuthToken),
    route('POST', `${project}/registrations`, register),
    route('PATCH', `${project}/registrations/(?<id>[^/]+)`, register),
    route('DELETE', `${project}/registrations/(?<id>[^/]+)`, unregister),
    route('POST', `${project}/messages:send`, sender(deliver)),
    route('POST', '/faults', setFaults),
  ]
}

/** Changes the given faults, and answers with all. */
const setFaults: Handler = ({ body }, { faults }) => {
  const given = faultsSchema.partial().safeParse(json(body))
  if (!given.success) return refusal(400, 'INVALID_ARGUMENT')
  Object.assign(faults, given.data)
  return { status: 200, body: faults }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  request.on('data', (part: Buffer) => {
    size += part.byteLength
    if (size <= MAX_BODY) parts.push(part)
    else request.destroy(new Error('the request is too long'))
  })
  await once(request, 'end')
  return Buffer.concat(parts)
}

function respond(response: ServerResponse, { status, body }: ServiceResponse): void {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  response.writeHead(status, { 'content-type': isRaw ? 'text/plain' : 'application/json' })
  response.end(isRaw ? body : JSON.stringify(body))
}
